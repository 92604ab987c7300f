import { isNotification } from './wire.ts'
import { formOf } from './observer.ts'
import type { Simulation } from './world.ts'

const refused = (): Error =>
  Object.assign(new TypeError('fetch failed'), { cause: new Error('connection lost') })
const faults = ['lost', 'answer_lost', 'twice'] as const

/**
 * Headers that a proxy may add to a notification: none of them is signed, and none of them may
 * decide.
 */
const headers_on_the_way: readonly Record<string, string>[] = [
  { 'content-type': 'application/x-www-form-urlencoded' },
  { 'content-type': 'application/x-www-form-urlencoded; charset=GBK' },
  { 'content-type': 'application/json' },
  { 'content-type': 'multipart/form-data; boundary=' },
  { 'content-type': 'no type' },
  { 'content-type': '' },
  { 'content-encoding': 'gzip', 'content-type': 'text/plain' },
  { origin: 'null', cookie: '%E0%A4%A; =', traceparent: 'zz', accept: 'image/png' },
]

/**
 * Replaces the network from UnionPay to the merchant: the sandbox's `fetch`. Checks that every
 * acknowledged notification is stored. Returns a function that restores it.
 */
export function answerNotification(world: Simulation): () => void {
  const real = globalThis.fetch
  let count = 0
  globalThis.fetch = (async (
    address: string,
    init: { method: string; body?: string | Uint8Array },
  ) => {
    const { pathname, search } = new URL(address)
    // a probe's body is bytes
    const body = init.body === undefined ? undefined : Buffer.from(init.body).toString()
    const number = world.turns.current()?.target ?? 0
    const fault = await world.turns.turn(
      { what: 'notice', words: `a notification to ${pathname}` },
      world,
    )
    const kind = fault === null ? null : faults[fault % faults.length]
    if (kind) world.log(`  ⚡ the notification: ${kind.replace('_', ' ')}`)
    const shop = world.there(number)
    if (kind === 'lost' || !shop) throw refused()
    const ring = () =>
      shop.ask({
        method: init.method,
        url: pathname + search,
        ...(body === undefined ? {} : { payload: body }),
        headers: headers_on_the_way[count++ % headers_on_the_way.length] ?? {},
      })
    if (body !== undefined) world.wire.notified(body, isSigned(world, body))
    const before = await activeCodes(world)
    const [answer] = kind === 'twice' ? await Promise.all([ring(), ring()]) : [await ring()]
    if (!answer) throw refused()
    if (answer.status === 200) await mustBeThere(world, body ?? search.slice(1), before)
    if (kind === 'answer_lost') throw refused()
    return new Response(answer.body, { status: answer.status })
  }) as unknown as typeof fetch
  return () => void (globalThis.fetch = real)
}

const isSigned = ({ environment }: Simulation, form: string): boolean =>
  environment.parts.signed_messages.latest(Infinity).some((one) => one.form === form)

async function activeCodes({ environment }: Simulation): Promise<Set<string>> {
  const { rows } = await environment.lines.look.query<{ contract_code: string }>(
    `select contract_code from contracts where state = 'active'`,
  )
  return new Set(rows.map(({ contract_code }) => contract_code))
}

/** The contract of a termination notice; null when its fields do not identify it beyond doubt. */
function contractOf({ environment: { parts } }: Simulation, fields: Record<string, string>) {
  if (fields.contractId) return parts.contracts.byId(fields.contractId)
  const is_dated = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(fields.operateTime ?? '')
  return is_dated
    ? (parts.contracts.all().find(
        ({ open_id, plan_id, contract_id, signed_at, terminated_at }) =>
          open_id === fields.openId &&
          plan_id === fields.planId &&
          contract_id.endsWith(fields.trid ?? '-') &&
          terminated_at !== null &&
          // within the same second it may be about another contract, and UnionPay is queried
          Math.floor(terminated_at / 1000) !== Math.floor(signed_at / 1000),
      ) ?? null)
    : null
}

/** An acknowledgement before the commit would be lost with the process. */
async function mustBeThere(
  world: Simulation,
  text: string,
  active_before: Set<string>,
): Promise<void> {
  const fields = formOf(text)
  const { look } = world.environment.lines
  if (fields.orderId && !isNotification(fields)) {
    const { rowCount } = await look.query('select from notifications where order_id = $1', [
      fields.orderId,
    ])
    if (rowCount === 0)
      world.breaches.push({
        rule: 'every acknowledged notification is stored',
        what: fields.orderId,
      })
    return
  }
  if (fields.orderId) {
    const { rows } = await look.query<{
      state: string
      needs_review: boolean
      is_decided: boolean
    }>(
      'select state, needs_review, resolved_by is not null as is_decided from charges where order_id = $1 union all select state, needs_review, resolved_by is not null from refunds where order_id = $1',
      [fields.orderId],
    )
    // an unlisted code decides nothing
    if (fields.respMsg?.startsWith('未知应答')) return
    const wanted = fields.respCode === '00' ? 'succeeded' : 'failed'
    // a repeat changes nothing, also when an operator decided otherwise meanwhile
    if (rows[0] && rows[0].state !== wanted && !rows[0].needs_review && !rows[0].is_decided)
      world.breaches.push({
        rule: 'what is acknowledged is settled',
        what: `${fields.orderId} ${fields.respCode} ${rows[0].state}`,
      })
    return
  }
  const contract = contractOf(world, fields)
  if (!contract || !active_before.has(contract.contract_code)) return
  const { rows } = await look.query<{ state: string }>(
    'select state from contracts where contract_code = $1',
    [contract.contract_code],
  )
  if (rows[0]?.state === 'active')
    world.breaches.push({
      rule: 'what is acknowledged is settled',
      what: `termination of ${contract.contract_code}`,
    })
}
