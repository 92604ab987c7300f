import { maskAccount } from './gateway/account.ts'
import type { Codes } from './gateway/profile/charge-profile.ts'
import type { Gateway, NotificationReading } from './gateway/gateway.ts'
import { findMismatches } from './gateway/match.ts'
import type { Fields } from './gateway/message.ts'
import { callGateway, sayMismatches, type Direct, type Refused } from './gateway/operation.ts'
import { whyNotANotification, type NotANotification } from './gateway/message-kind.ts'
import { readPayment, type Payment } from './gateway/payment.ts'
import { namesUsed, valuesUsed } from './gateway/profile/render-charge.ts'
import { cancelCharge } from './operations/cancel-charge.ts'
import { charge, expectedOf } from './operations/charge.ts'
import { queryCharge, type QueryResult } from './operations/query-charge.ts'
import { refundCharge } from './operations/refund-charge.ts'
import type { ProfileStore } from './profile-store.ts'

export type { Direct, Refused } from './gateway/operation.ts'
export type { NotANotification } from './gateway/message-kind.ts'
export type { Payment } from './gateway/payment.ts'
export { adviseOn, ruleOn, type Ruling } from './gateway/resp-codes.ts'
export type { Settled } from './gateway/settled.ts'
export type { QueryResult } from './operations/query-charge.ts'

export type PaymentKind = 'charge' | 'refund' | 'cancel'

/** An order as the wall needs it: an order_id and a txn_time are never used twice. */
export type PaymentOrder = {
  merchant_no: string
  order_id: string
  txn_time: string
  amount_fen: number
  profile_digest: string
}

/** Whose contract is charged. `open_id` is asked for only when the profile names it. */
export type PayingContract = { contract_id: string; plan_id: string; open_id(): Promise<string> }

/** Nothing was sent: everything the message needs was there only when it was too late for it. */
export type Missed = { kind: 'missed' }

/**
 * A message that is proved to be UnionPay's, or why it is not. `about` is null when it names no
 * order. `not_a_notification` says why it settles nothing although it is proved: it is another kind
 * of message, or contradicts itself.
 */
export type ProvedNotification =
  | {
      kind: 'valid'
      about: Payment | null
      not_a_notification: NotANotification | null
      identity: string
      text: string
      mismatches(kind: PaymentKind, order: PaymentOrder): Promise<string | null>
    }
  | { kind: 'invalid'; why: string; detail: string }

/**
 * Money at UnionPay in our words. Nothing that UnionPay or the network does is thrown. `isTooLate`
 * is asked immediately before the request goes out: what its message needs may have to be read from
 * the database first, and that may take long. Giving back needs only the charge's profile, which
 * `mayCancel` has read.
 */
export type Payments = {
  merchants: readonly string[]
  /** what a new charge is made with; null where no merchant number is configured */
  profile_digest: string | null
  charge(
    order: PaymentOrder,
    contract: PayingContract,
    description: string,
    isTooLate: () => boolean,
  ): Promise<Direct | Refused | Missed>
  sendRefund(
    kind: 'refund' | 'cancel',
    order: PaymentOrder,
    original: { order_id: string; txn_time: string; query_id: string | null },
  ): Promise<Direct | Refused>
  query(
    kind: PaymentKind,
    order: PaymentOrder,
    isTooLate: () => boolean,
  ): Promise<QueryResult | Missed>
  mayCancel(profile_digest: string): Promise<boolean>
  readNotification(body: Buffer): ProvedNotification
  close(): Promise<void>
}

export type PaymentParts = {
  gateway: Gateway
  merchants: readonly string[]
  profiles: ProfileStore
  profile_digest: string | null
  /** values a profile may take from settings */
  tr_id: string | null
  app_id: string
  back_url: string
  /** the page of the H5 */
  front_url: string
  /** fields without which a message is no notification */
  notification_fields: readonly string[]
}

/** Binds operations, profiles and the notification address to one gateway. */
export function createPayments({
  gateway,
  merchants,
  profiles,
  profile_digest,
  tr_id,
  app_id,
  back_url,
  front_url,
  notification_fields,
}: PaymentParts): Payments {
  const codesOf = async (kind: PaymentKind, digest: string): Promise<Codes | null> => {
    const profile = await profiles.find(digest)
    if (kind === 'charge') return profile
    return kind === 'refund' ? profile.refund : profile.cancel.enabled ? profile.cancel : null
  }
  const plain = ({ merchant_no, order_id, txn_time, amount_fen }: PaymentOrder) => ({
    merchant: merchant_no,
    order_id,
    txn_time,
    amount_fen,
  })
  return {
    merchants,
    profile_digest,
    async charge(order, contract, description, isTooLate) {
      const profile = await profiles.find(order.profile_digest)
      const open_id = valuesUsed(profile).includes('open_id')
        ? { open_id: await contract.open_id() }
        : {}
      const values = {
        contract_id: contract.contract_id,
        contract: { plan_id: contract.plan_id, ...open_id },
        setting: { plan_id: contract.plan_id, app_id, ...(tr_id === null ? {} : { tr_id }) },
        order: { description: shortened(description) ?? '', front_url },
      }
      if (isTooLate()) return { kind: 'missed' }
      return callGateway(gateway, charge, {
        ...plain(order),
        back_url,
        profile,
        values,
        // said once: in the field the profile chose, else in UnionPay's own
        order_desc: namesUsed(profile).includes('description') ? null : shortened(description),
      })
    },
    async sendRefund(kind, order, original) {
      const codes = await codesOf(kind, order.profile_digest)
      if (!codes)
        return { kind: 'refused', key: 'cancel', why: 'the charge profile does not allow it' }
      return callGateway(gateway, kind === 'cancel' ? cancelCharge : refundCharge, {
        ...plain(order),
        back_url,
        codes,
        original,
      })
    },
    async query(kind, order, isTooLate) {
      const { query } = await profiles.find(order.profile_digest)
      const codes = await codesOf(kind, order.profile_digest)
      if (isTooLate()) return { kind: 'missed' }
      const answer = await callGateway(gateway, queryCharge, {
        ...plain(order),
        txn_type: codes?.txnType ?? '',
        biz_type: query.bizType,
      })
      if (answer.kind === 'refused') throw new Error('a query is never refused')
      return answer
    },
    mayCancel: async (digest) => (await codesOf('cancel', digest)) !== null,
    readNotification: (body) =>
      prove(gateway, gateway.readNotification(body), notification_fields, async (kind, order) => {
        const codes = await codesOf(kind, order.profile_digest)
        return expectedOf(plain(order), codes?.txnType ?? '')
      }),
    close: () => gateway.close(),
  }
}

function prove(
  gateway: Gateway,
  reading: NotificationReading,
  required: readonly string[],
  expect: (kind: PaymentKind, order: PaymentOrder) => Promise<ReturnType<typeof expectedOf>>,
): ProvedNotification {
  if (reading.kind === 'invalid') return reading
  const about = readPayment(reading.fields)
  const treatment = about?.ruling.treatment ?? null
  return {
    kind: 'valid',
    about,
    not_a_notification: whyNotANotification(reading.fields, required, treatment),
    identity: reading.identity,
    text: textToKeep(gateway, reading.fields),
    async mismatches(kind, order) {
      const found = findMismatches(reading.fields, await expect(kind, order), { money: 'required' })
      return found.length === 0 ? null : sayMismatches(found)
    },
  }
}

/** As it came, but for the card: its whole number is for nobody to keep (ACP §8). */
function textToKeep(gateway: Gateway, fields: Fields): string {
  const signing = gateway.merchant(fields.merId ?? '')?.signing ?? null
  const masked = (['accNo', 'payCardNo'] as const)
    .filter((name) => fields[name])
    .map((name) => [name, maskAccount(fields[name] ?? null, signing) ?? '****'])
  return JSON.stringify({ ...fields, ...Object.fromEntries(masked) })
}

/**
 * orderDesc holds 32 characters (ACP §3.6), and nothing that could be taken for the structure of a
 * message.
 */
const shortened = (description: string): string | null =>
  description
    .replace(/[&={}[\]\p{Cc}\u2028\u2029]/gu, ' ')
    .trim()
    .slice(0, 32)
    .toWellFormed()
    .replace(/\ufffd$/, '') || null
