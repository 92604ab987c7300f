import { Type, type Static } from 'typebox'
import { deliver } from '../notices/deliver.ts'
import type { Parts } from '../parts.ts'
import type { SignerKind } from '../pki/pki.ts'
import { writeForm, writeRawForm, type Message } from './message.ts'
import type { Order } from './order.ts'
import { result } from './result.ts'
import { signMessage } from './sign-message.ts'
import { noticeFields } from './settled-fields.ts'

const name = Type.String({ minLength: 1, maxLength: 64 })
const members = Type.Record(name, Type.Union([Type.String({ maxLength: 4_096 }), Type.Null()]))

const forgeries = {
  good: 'unionpay',
  bad: 'unionpay',
  missing: 'unionpay',
  foreign: 'foreign',
  expired: 'expired',
  wrong_owner: 'wrong-owner',
  test_owner: 'test-owner',
} as const

/** A payment notification with chosen properties: valid, forged, malformed, or repeated. */
export const PaymentProbeSchema = Type.Object(
  {
    order_id: Type.Optional(Type.String({ maxLength: 64 })),
    merchant: Type.Optional(Type.String({ maxLength: 64 })),
    /** the whole unsigned message, for an order that does not exist here */
    fields: Type.Optional(members),
    /** replaced before signing; null leaves the field out */
    override: Type.Optional(members),
    /** replaced after signing */
    alter: Type.Optional(members),
    resp_code: Type.Optional(Type.String({ pattern: '^[0-9A-Z]{2}$' })),
    signature: Type.Optional(Type.Enum(Object.keys(forgeries) as (keyof typeof forgeries)[])),
    version: Type.Optional(Type.Enum(['5.1.0', '5.0.0'])),
    url: Type.Optional(Type.String({ pattern: '^https?://' })),
    /** appended to the address: such parameters are not signed */
    extra_query: Type.Optional(Type.String({ maxLength: 256 })),
    repeat_parameter: Type.Optional(name),
    /** the length of a signed field `padding` */
    padding: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000_000 })),
    /** sends letters as raw bytes of `encoding` instead of percent escapes */
    raw: Type.Optional(Type.Boolean()),
    /** sent in place of everything else */
    body: Type.Optional(Type.String({ maxLength: 60_000 })),
    times: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    concurrent: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type PaymentProbe = Static<typeof PaymentProbeSchema>
export type ProbeAnswer = {
  status: number | null
  body: string
  sent: string
  answers: { status: number | null; body: string }[]
}

/**
 * Sends it now and returns the merchant's answer. Null when there is neither such an order nor
 * `fields`.
 */
export async function sendPaymentProbe(
  parts: Parts,
  probe: PaymentProbe,
): Promise<ProbeAnswer | null> {
  const order =
    parts.orders
      .named(probe.order_id ?? '')
      .find((one) => probe.merchant === undefined || one.merchant === probe.merchant) ?? null
  const message = probeMessage(parts, probe, order)
  const url = probe.url ?? order?.request.backUrl
  if (!message || !url) return null
  const bytes =
    probe.body !== undefined
      ? Buffer.from(probe.body)
      : probe.raw
        ? writeRawForm(message)
        : Buffer.from(encode(message, probe.repeat_parameter))
  const sent = bytes.toString()
  const address =
    probe.extra_query === undefined
      ? url
      : `${url}${url.includes('?') ? '&' : '?'}${probe.extra_query}`
  const once = async () => {
    const { status, body } = await deliver(
      parts.journal,
      address,
      'form',
      bytes,
      `试探支付通知 (${probe.signature ?? 'good'})`,
    )
    return { status, body }
  }
  const answers: { status: number | null; body: string }[] = []
  const rounds = Array.from({ length: probe.times ?? 1 })
  if (probe.concurrent) answers.push(...(await Promise.all(rounds.map(once))))
  else for (const _round of rounds) answers.push(await once())
  const [first = { status: null, body: '' }] = answers
  return { ...first, sent, answers }
}

function probeMessage(parts: Parts, probe: PaymentProbe, order: Order | null): Message | null {
  const with_code = probe.resp_code === undefined ? null : result(probe.resp_code)
  const known: Record<string, string | null> | null = order
    ? noticeFields(parts, { ...order, ...with_code })
    : (probe.fields ?? null)
  if (!known) return null
  const unsigned = present({
    ...known,
    ...probe.fields,
    ...probe.override,
    ...(probe.padding ? { padding: 'x'.repeat(probe.padding) } : {}),
  })
  const kind = probe.signature ?? 'good'
  const signer: SignerKind = forgeries[kind]
  const sealed = signMessage(parts.pki, unsigned, {
    version: probe.version ?? parts.switches.read().gateway_version,
    signer,
  })
  if (signer === 'unionpay') parts.signed_messages.addOfGateway('notification', sealed)
  const forged =
    kind === 'bad'
      ? {
          ...sealed,
          signature:
            signMessage(
              parts.pki,
              { ...unsigned, orderId: 'another' },
              { version: '5.1.0', signer },
            ).signature ?? '',
        }
      : sealed
  return present({ ...forged, ...(kind === 'missing' ? { signature: null } : {}), ...probe.alter })
}

const present = (fields: Record<string, string | null>): Message =>
  Object.fromEntries(
    Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== null),
  )

function encode(message: Message, repeated: string | undefined): string {
  const form = writeForm(message)
  const again = repeated === undefined ? undefined : message[repeated]
  return again === undefined
    ? form
    : `${form}&${new URLSearchParams({ [repeated as string]: again }).toString()}`
}
