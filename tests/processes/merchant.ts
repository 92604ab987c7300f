import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { answerOf, createClient, type ErrorAnswer } from '../../client/client.ts'
import { retail } from '../support/charging.ts'
import type { RandomStream } from '../simulation/random-stream.ts'
import { timeLimit } from '../support/time-limits.ts'

/**
 * One intent of the merchant: a charge, or a refund of an earlier charge. It is repeated with its
 * key until it is answered.
 */
export type Intent = {
  kind: 'charge' | 'refund'
  key: string
  merchant_order_no: string
  amount_fen: number
  /** as first acknowledged; null while it is unanswered */
  order_id: string | null
  /** of a refund: the charge */
  of: string | null
  tries: number
}

export type Merchant = {
  intents: readonly Intent[]
  /** how long each charge took to be acknowledged, with all its attempts */
  took_ms: number[]
  /**
   * Charges and refunds with `customers` in parallel until `finish`, which waits until every intent
   * is answered.
   */
  begin(customers: number): void
  finish(): Promise<void>
  charge(): Promise<Intent>
  /** Refunds a part of a paid charge; nothing while it is not paid. */
  requestRefund(charge: Intent): Promise<void>
  /** The server's present answer to an intent that it acknowledged. */
  repeat(intent: Intent): Promise<string>
}

const patience_ms = timeLimit(120_000)
const longest_pause_ms = 4_000
/** Answers to repeat: nothing was decided (docs/api.md). */
const passing = new Set(['idempotency_key_busy', 'rate_limited', 'overloaded'])

/**
 * The merchant's system, with the published client. `chance` picks whom to charge and what to
 * refund.
 */
export function createMerchant(
  at: { url: string; secret: string; contracts: readonly string[] },
  chance: RandomStream,
): Merchant {
  const client = createClient({ url: at.url, key: at.secret, timeout_ms: 8_000 })
  const intents: Intent[] = []
  const took_ms: number[] = []
  let busy = false
  let callers: Promise<void>[] = []

  const send = (
    { kind, key, merchant_order_no, amount_fen, of }: Intent,
    contract: string,
  ): Promise<{ data?: { order_id: string }; error?: ErrorAnswer; response: Response }> =>
    kind === 'charge'
      ? client.POST('/v1/charges', {
          params: { header: { 'idempotency-key': key } },
          body: {
            contract,
            merchant_order_no,
            amount_fen,
            description: '乌龙茶 500 毫升',
            merchant_no: retail,
          },
        })
      : client.POST('/v1/charges/{order_id}/refunds', {
          params: { header: { 'idempotency-key': key }, path: { order_id: of ?? '' } },
          body: { amount_fen, description: '退货' },
        })
  const contractOf = ({ merchant_order_no }: Intent): string =>
    at.contracts[Number(merchant_order_no.split('-')[0]) % at.contracts.length] ?? ''

  /** Repeats it until it is acknowledged. A refusal fails this test. */
  const insist = async (intent: Intent): Promise<void> => {
    const begun = performance.now()
    while (performance.now() - begun < patience_ms) {
      intent.tries++
      const sent = await send(intent, contractOf(intent)).catch(() => null)
      if (sent?.data) {
        intent.order_id ??= sent.data.order_id
        if (intent.kind === 'charge') took_ms.push(performance.now() - begun)
        return
      }
      if (sent?.error && sent.response.status < 500 && !passing.has(sent.error.code))
        throw new Error(
          `${intent.kind} ${intent.merchant_order_no} was refused: ${sent.error.code}`,
        )
      // twice as long each time, and not all at once: whoever is refused for load does not make
      // more of it
      await wait(
        Math.min(longest_pause_ms, 100 * 2 ** intent.tries) * (0.5 + chance.below(100) / 200),
      )
    }
    throw new Error(
      `${intent.kind} ${intent.merchant_order_no} was not answered within ${patience_ms / 1000} s`,
    )
  }
  const submit = async (
    kind: Intent['kind'],
    amount_fen: number,
    of: Intent | null,
  ): Promise<Intent> => {
    const intent: Intent = {
      kind,
      key: randomUUID(),
      merchant_order_no: of?.merchant_order_no ?? `${intents.length}-${randomUUID()}`,
      amount_fen,
      order_id: null,
      of: of?.order_id ?? null,
      tries: 0,
    }
    intents.push(intent)
    await insist(intent)
    return intent
  }
  const charge = (): Promise<Intent> => submit('charge', 2 + chance.below(8), null)
  const requestRefund = async (earlier: Intent): Promise<void> => {
    const { state } = await answerOf(
      client.GET('/v1/charges/{order_id}', {
        params: { path: { order_id: earlier.order_id ?? '' } },
      }),
    ).catch(() => ({ state: 'unknown' }))
    if (state === 'succeeded') await submit('refund', 1 + chance.below(earlier.amount_fen), earlier)
  }
  const customer = async (): Promise<void> => {
    const mine: Intent[] = []
    while (busy) {
      mine.push(await charge())
      const earlier = chance.happens(0.3) ? mine.shift() : undefined
      if (earlier) await requestRefund(earlier)
    }
  }

  return {
    intents,
    took_ms,
    charge,
    requestRefund,
    begin(customers) {
      busy = true
      callers = Array.from({ length: customers }, customer)
      for (const caller of callers)
        caller.catch(() => {
          busy = false
        }) // `finish` reports it
    },
    async finish() {
      busy = false
      await Promise.all(callers)
    },
    async repeat(intent) {
      const { data, error } = await send(intent, contractOf(intent))
      return data?.order_id ?? error?.code ?? 'no answer'
    },
  }
}
