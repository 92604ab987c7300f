import { isNotification } from './wire.ts'
import { formOf } from './witness.ts'
import type { Simulation } from './world.ts'

const refused = (): Error =>
  Object.assign(new TypeError('fetch failed'), { cause: new Error('connection lost') })
const faults = ['lost', 'answer_lost', 'twice'] as const

/**
 * Stands in for the network from UnionPay to the merchant: the sandbox's `fetch`. What is acknowledged is looked up: it must be there.
 * Returns how to take it away again.
 */
export function answerDoorbell(world: Simulation): () => void {
  const real = globalThis.fetch
  globalThis.fetch = (async (address: string, init: { method: string; body?: string }) => {
    const { pathname, search } = new URL(address)
    const number = world.turns.current()?.target ?? 0
    const fault = await world.turns.turn(
      { what: 'notice', words: `a notification to ${pathname}` },
      world,
    )
    const kind = fault === null ? null : faults[fault % faults.length]
    if (kind) world.tell(`  ⚡ the notification: ${kind.replace('_', ' ')}`)
    const shop = world.there(number)
    if (kind === 'lost' || !shop) throw refused()
    const ring = () =>
      shop.ask({
        method: init.method,
        url: pathname + search,
        ...(init.body === undefined
          ? {}
          : {
              payload: init.body,
              headers: { 'content-type': 'application/x-www-form-urlencoded' },
            }),
      })
    if (init.body !== undefined) world.wire.notified(init.body, isSigned(world, init.body))
    const before = await activeCodes(world)
    const [answer] = kind === 'twice' ? await Promise.all([ring(), ring()]) : [await ring()]
    if (!answer) throw refused()
    if (answer.status === 200) await mustBeThere(world, init.body ?? search.slice(1), before)
    if (kind === 'answer_lost') throw refused()
    return new Response(answer.body, { status: answer.status })
  }) as unknown as typeof fetch
  return () => void (globalThis.fetch = real)
}

const isSigned = ({ house }: Simulation, form: string): boolean =>
  house.parts.signed_messages.latest(Infinity).some((one) => one.form === form)

async function activeCodes({ house }: Simulation): Promise<Set<string>> {
  const { rows } = await house.lines.look.query<{ contract_code: string }>(
    `select contract_code from contracts where state = 'active'`,
  )
  return new Set(rows.map(({ contract_code }) => contract_code))
}

/** Acknowledged before it was committed would be lost with the process. */
async function mustBeThere(
  world: Simulation,
  text: string,
  active_before: Set<string>,
): Promise<void> {
  const told = formOf(text)
  const { look } = world.house.lines
  if (told.orderId && !isNotification(told)) {
    const { rowCount } = await look.query('select from notifications where order_id = $1', [
      told.orderId,
    ])
    if (rowCount === 0)
      world.breaches.push({ rule: 'what is acknowledged is kept', what: told.orderId })
    return
  }
  if (told.orderId) {
    const { rows } = await look.query<{ state: string; needs_review: boolean }>(
      'select state, needs_review from charges where order_id = $1 union all select state, needs_review from refunds where order_id = $1',
      [told.orderId],
    )
    const wanted = told.respCode === '00' ? 'succeeded' : 'failed'
    if (rows[0] && rows[0].state !== wanted && !rows[0].needs_review)
      world.breaches.push({
        rule: 'what is acknowledged is settled',
        what: `${told.orderId} ${told.respCode} ${rows[0].state}`,
      })
    return
  }
  const contract = world.house.parts.contracts.byId(told.contractId ?? '')
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
