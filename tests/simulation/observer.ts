import type { Breach } from './invariants.ts'
import type { Environment } from './environment.ts'
import type { Message, Observer } from './network.ts'
import type { Wire } from './wire.ts'

const info_gap_ms = 300_000
const token_pause_ms = 2_000
/**
 * A process that died during its request holds the lease for this long: UNIONPAY_TIMEOUT_MS and
 * five seconds.
 */
const token_lease_ms = 15_000

export const formOf = (body: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(body))

/**
 * Observes the traffic with UnionPay and our endpoints, for messages that are forbidden or too
 * early.
 */
export function createObserver(
  { lines, parts, store, clock }: Environment,
  wire: Wire,
): Observer & { breaches: Breach[] } {
  const breaches: Breach[] = []
  const sent = new Set<string>()
  const asked = new Map<string, number>()
  const tokens = {
    asking: [] as { message: Message; at_ms: number; isGone: () => boolean }[],
    failed_ms: -Infinity,
  }
  const pace = store.prepare(
    'UPDATE pacing SET ended_at = ? WHERE order_id = ? AND last_query_at IS NULL',
  )
  const onlyOnce = (what: string): void => {
    if (sent.has(what))
      breaches.push({ rule: 'nothing with money or a signature in it is sent twice', what })
    sent.add(what)
  }
  const isMoney = ({ path }: Message): boolean => path.endsWith('/backTransReq.do')
  return {
    breaches,
    async sends(message, isGone) {
      const { path, body } = message
      if (isMoney(message)) {
        const { orderId = '' } = formOf(body)
        onlyOnce(orderId)
        const { rowCount } = await lines.look.query(
          `select from charges where order_id = $1 and state = 'pending' union all select from refunds where order_id = $1 and state = 'pending'`,
          [orderId],
        )
        if (rowCount !== 1)
          breaches.push({ rule: 'written and committed before it is sent', what: orderId })
        return
      }
      if (!body.startsWith('{')) return
      const fields = JSON.parse(body) as Record<string, string>
      if (path.endsWith('contract.apply')) onlyOnce(`contract.apply ${fields.contractCode}`)
      if (path.endsWith('contract.info')) {
        const about = `${fields.openId} ${fields.planId}`
        if (clock.nowMs() - (asked.get(about) ?? -Infinity) < info_gap_ms)
          breaches.push({ rule: 'contract.info at most every five minutes', what: about })
        asked.set(about, clock.nowMs())
      }
      if (path.endsWith('backendToken')) {
        const now_ms = clock.nowMs()
        tokens.asking = tokens.asking.filter(
          (other) => !other.isGone() || now_ms - other.at_ms < token_lease_ms,
        )
        if (tokens.asking.length > 0 || now_ms - tokens.failed_ms < token_pause_ms)
          breaches.push({
            rule: 'one asks for the token, and pauses after a failure',
            what: 'backendToken',
          })
        tokens.asking.push({ message, at_ms: now_ms, isGone })
      }
    },
    ends(message, at_ms, answer) {
      if (answer !== null) wire.answered(message, answer)
      if (message.path.endsWith('backendToken')) {
        tokens.asking = tokens.asking.filter((other) => other.message !== message)
        if (answer === null) tokens.failed_ms = at_ms
      }
      if (isMoney(message)) pace.run(at_ms, formOf(message.body).orderId ?? '')
    },
    look() {
      for (const { last_order_id, last_reason } of parts.referee.offenders())
        breaches.push({
          rule: 'no query outside the pacing rule',
          what: `${last_order_id}: ${last_reason}`,
        })
    },
  }
}
