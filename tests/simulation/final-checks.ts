import { ledger } from '../../sandbox/gateway/ledger.ts'
import { paidOrders, readBreaks, readOrders } from './books.ts'
import { checkBreaks } from './breaks.ts'
import { reissue } from './statements.ts'
import { checkPaidTwice } from './paid-twice.ts'
import { checkEndings } from './phone.ts'
import { checkNotices } from './renewals.ts'
import type { Simulation } from './world.ts'

/** Compares the merchant's books with UnionPay's ledger and with its statements. */
export async function checkAgainstLedger(world: Simulation): Promise<void> {
  const breach = (rule: string, what: string): void => void world.breaches.push({ rule, what })
  const { parts, lines } = world.environment
  const { notice_generation, notice_time } = parts.switches.read()
  if (notice_generation === 'old' && notice_time !== 'usual') {
    const { rows } = await lines.look.query<{ contract_ref: string }>(
      `select contract_ref from contract_history where source = 'notice'`,
    )
    for (const { contract_ref } of rows)
      breach('a termination without number and time ends nothing by itself', contract_ref)
  }
  await checkStatements(world, breach)
  await reissue(
    world,
    new Set(
      (await readOrders(world))
        .filter(({ state }) => state === 'failed')
        .map(({ order_id }) => order_id),
    ),
  )
  await checkBreaks(world)
  const orders = new Map((await readOrders(world)).map((one) => [one.order_id, one]))
  const named = new Set(
    (await readBreaks(world))
      .filter(({ state }) => state === 'open')
      .map(({ order_id }) => order_id),
  )
  const booked = ledger(parts)
  const taken = new Map<string, number>()
  for (const entry of booked) {
    const order = orders.get(entry.order_id)
    if (!order || order.amount_fen !== entry.amount_fen || order.kind !== entry.kind)
      breach('every booking is known to us', entry.order_id)
    else if (
      order.state !== 'succeeded' &&
      !order.needs_review &&
      order.waits_for !== 'manual_review'
    )
      breach(
        'every booking is recorded as paid, or in review',
        `${entry.order_id} is ${order.state}, waits for ${order.waits_for}`,
      )
    // UnionPay reported it as failed, so it was tried again, and then booked it, or listed it in
    // its statement only
    else if (
      entry.kind === 'charge' &&
      !world.called_failed.has(order.order_id) &&
      !(order.state === 'failed' && named.has(order.order_id))
    )
      taken.set(order.merchant_order_no, (taken.get(order.merchant_order_no) ?? 0) + 1)
  }
  for (const [number, times] of taken)
    if (times > 1) breach('at most one booking for one intent', `${number}: ${times}`)
  const paid = paidOrders(world)
  for (const order of orders.values()) {
    if (
      order.state === 'succeeded' &&
      !paid.has(order.order_id) &&
      !order.needs_review &&
      !named.has(order.order_id)
    )
      breach('nothing is called paid that is not', order.order_id)
    if (order.reason === 'not_sent' && parts.orders.named(order.order_id).length > 0)
      breach('what never left never arrives', order.order_id)
    if (order.state === 'pending' && order.waits_for !== 'manual_review' && !order.needs_review)
      breach(
        'every unknown outcome is resolved or in review within its time limit',
        `${order.order_id} waits for ${order.waits_for} until ${order.due_at?.toISOString()}`,
      )
  }
  await checkPaidTwice(world)
  await checkNotices(world)
  await checkEndings(world)
  await checkContracts(world, breach)
}

/** Every statement was compared, or given up after its patience; no claim outlives its process. */
async function checkStatements(
  { environment }: Simulation,
  breach: (rule: string, what: string) => void,
): Promise<void> {
  const { rows } = await environment.lines.look.query<{
    day: string
    state: string
    problem: string | null
  }>(
    `select day, state, problem from statements where claimed_until < now() or due_at < now() or (state = 'awaited' and give_up_at < now())`,
  )
  for (const { day, state, problem } of rows)
    breach(
      'every statement is compared or given up within its bound',
      `${day} is ${state}: ${problem}`,
    )
}

/** Every contract has the same state here and at UnionPay, or needs manual review. */
async function checkContracts(
  world: Simulation,
  breach: (rule: string, what: string) => void,
): Promise<void> {
  const theirs = new Map(
    world.environment.parts.contracts.all().map((one) => [one.contract_code, one]),
  )
  const { rows } = await world.environment.lines.look.query<{
    contract_code: string
    state: string
    needs_review: boolean
    step: string
  }>('select contract_code, state, needs_review, step from contracts')
  for (const { contract_code, state, needs_review, step } of rows) {
    if (needs_review) continue
    const there = theirs.get(contract_code)?.status ?? 'never'
    if (state === 'active' && there !== 'signed')
      breach('an active contract is signed at UnionPay', `${contract_code}: ${there}`)
    if (there === 'signed' && state !== 'active')
      breach('a contract signed at UnionPay is known as active', `${contract_code}: ${state}`)
    if (state === 'terminating' || (state === 'applying' && step !== 'opened'))
      breach(
        'every unknown outcome is resolved or in review within its time limit',
        `contract ${contract_code}: ${state}`,
      )
  }
}
