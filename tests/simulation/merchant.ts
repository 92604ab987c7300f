import type { ChargeView, RefundView } from '../../server/api.ts'
import type { GatewayEffect } from '../../sandbox/gateway/rules.ts'
import type { Action } from './plan.ts'
import type { Intent, Simulation } from './world.ts'

export type Answered<View> = { status: number; view: View; set_cookies: string[] }

/**
 * The merchant's system sends a request to a process; null when the process dies, or when the
 * answer is lost.
 */
export const ask = <View>(
  world: Simulation,
  process: number,
  method: 'GET' | 'POST',
  url: string,
  body?: unknown,
  key?: string,
): Promise<Answered<View> | null> =>
  askAs<View>(world, process, method, url, body, {
    authorization: `Bearer ${world.environment.secret}`,
    ...(key ? { 'idempotency-key': key } : {}),
  })

/** The same with these headers as credentials. */
export async function askAs<View>(
  world: Simulation,
  process: number,
  method: 'GET' | 'POST',
  url: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Answered<View> | null> {
  const shop = world.there(process)
  if (!shop) return null
  const faults_before = world.counts.faults
  const answer = await shop.ask({
    method,
    url,
    headers,
    ...(body === undefined ? {} : { payload: body as object }),
  })
  if (!answer) return null
  // hours may pass while a code is in transit: then UnionPay does not know it, or has not answered
  // in time
  const is_refused = /"(sign_in_failed|unionpay_unavailable)"/.test(answer.body)
  if (answer.status >= 500 && !is_refused && world.counts.faults === faults_before)
    world.breaches.push({
      rule: 'nothing breaks',
      what: `${method} ${url}: ${answer.status} ${answer.body}`,
    })
  const fault = await world.turns.turn(
    { what: 'answer', words: `the answer to ${method} ${url}` },
    world,
  )
  if (fault === null)
    return {
      status: answer.status,
      view: JSON.parse(answer.body) as View,
      set_cookies: answer.set_cookies,
    }
  world.log(
    `  ⚡ the answer to ${'authorization' in headers ? 'the merchant' : 'the page'} is lost`,
  )
  return null
}

/** UnionPay's outcome of the next charge, by its amount. */
const courses: (GatewayEffect | null)[] = [
  null,
  null,
  null,
  { kind: 'outcome', resp: '64' },
  { kind: 'plain', book_after_ms: null },
  { kind: 'plain', notice: 'never' },
  { kind: 'plain', notice: 'late' },
  { kind: 'plain', notice: 'twice' },
  { kind: 'plain', late_failure: { after_ms: 90_000, resp: '64' } },
  { kind: 'plain', answer: '42' },
  { kind: 'resp', resp: '80' },
  { kind: 'plain', book_after_ms: 600_000 },
]
const words_of_course = [
  '',
  '',
  '',
  ', declined',
  ', never booked',
  ', never notified',
  ', notified late',
  ', notified twice',
  ', contradicted later',
  ', answered 42',
  ', refused for the contract',
  ', booked late',
]
export const pick = <Thing>(things: readonly Thing[], number: number): Thing | undefined =>
  things[number % Math.max(1, things.length)]

/** The merchant decides to charge this amount and records it. */
export function newIntent(
  world: Simulation,
  contract: Simulation['contracts'][number],
  amountOf: (number: number) => number,
): Intent & { number: number } {
  const number = world.intents.length + 1
  const intent = {
    number,
    key: `key-${number}`,
    merchant_order_no: `order-${number}`,
    amount_fen: amountOf(number),
    contract: contract.id,
    plan_id: contract.plan_id,
    order_id: null,
    answers: new Map<string, string>(),
  }
  world.intents.push(intent)
  return intent
}

/** Sends the charge with this key. */
export async function send(
  world: Simulation,
  process: number,
  intent: Intent,
  key: string,
): Promise<void> {
  const { merchant_order_no, amount_fen, contract } = intent
  const answer = await ask<ChargeView>(
    world,
    process,
    'POST',
    '/v1/charges',
    {
      merchant_order_no,
      amount_fen,
      contract,
      description: 'ride',
      merchant_no: '898310148160568',
    },
    key,
  )
  if (!answer) return
  if (answer.status >= 400 && answer.status < 500 && intent.answers.has(key))
    world.breaches.push({
      rule: 'the same intent is the same charge',
      what: `${merchant_order_no}: refused with ${answer.status} when it was repeated`,
    })
  if (answer.status >= 300) return
  const { order_id } = answer.view
  const earlier = intent.answers.get(key) ?? order_id
  if (earlier !== order_id)
    world.breaches.push({
      rule: 'the same intent is the same charge',
      what: `${merchant_order_no}: ${earlier}, ${order_id}`,
    })
  intent.answers.set(key, order_id)
  intent.order_id = order_id
  const { rowCount } = await world.environment.lines.look.query(
    'select from charges where order_id = $1',
    [order_id],
  )
  if (rowCount !== 1) world.breaches.push({ rule: 'acknowledged work is there', what: order_id })
}

async function requestRefund(
  world: Simulation,
  process: number,
  refund_intent: Simulation['refunds'][number],
): Promise<void> {
  const { order_id, amount_fen, cancels, key } = refund_intent
  const body = { description: 'refunded', ...(amount_fen === null ? {} : { amount_fen }) }
  const answer = await ask<RefundView>(
    world,
    process,
    'POST',
    `/v1/charges/${order_id}/${cancels ? 'cancel' : 'refunds'}`,
    body,
    key,
  )
  if (!answer || answer.status >= 300) return
  const { rowCount } = await world.environment.lines.look.query(
    'select from refunds where order_id = $1',
    [answer.view.order_id],
  )
  if (rowCount !== 1)
    world.breaches.push({ rule: 'acknowledged work is there', what: answer.view.order_id })
}

/** The actions of the merchant's system. */
export const merchant = {
  charge(world: Simulation, { process, a, b, c }: Action) {
    const contract = pick(world.contracts, a)
    if (!contract) return null
    const intent = newIntent(
      world,
      contract,
      (number) => 100 + number + (b % 4) * (contract.plan_id.endsWith('01') ? 600 : 1_600),
    )
    const { number, amount_fen } = intent
    const effect = pick(courses, c)
    if (effect)
      world.environment.parts.gateway_rules.add({
        match: { transaction: 'charge', amount_fen },
        effect,
      })
    return {
      words: `order ${number}: charge ${amount_fen} fen on contract ${world.contracts.indexOf(contract) + 1}${effect ? pick(words_of_course, c) : ''}`,
      work: () => send(world, process, intent, intent.key),
    }
  },
  repeat(world: Simulation, { process, a }: Action) {
    const intent = pick(world.intents, a)
    return intent
      ? {
          words: `${intent.merchant_order_no} is repeated with the same key`,
          work: () => send(world, process, intent, intent.key),
        }
      : null
  },
  again(world: Simulation, { process, a, b }: Action) {
    const intent = pick(world.intents, a)
    return intent
      ? {
          words: `${intent.merchant_order_no} is tried again with another key`,
          work: () => send(world, process, intent, `another-${b}`),
        }
      : null
  },
  refund(world: Simulation, { process, a, b }: Action) {
    const intent = pick(
      world.intents.filter(({ order_id }) => order_id !== null),
      a,
    )
    if (!intent?.order_id) return null
    const refund_intent = {
      key: `refund-${world.refunds.length + 1}`,
      order_id: intent.order_id,
      amount_fen: b % 3 === 0 ? null : Math.ceil(intent.amount_fen * 0.6),
      cancels: false,
    }
    world.refunds.push(refund_intent)
    return {
      words: `${refund_intent.key}: ${refund_intent.amount_fen ?? 'all'} fen of ${intent.merchant_order_no} refunded`,
      work: () => requestRefund(world, process, refund_intent),
    }
  },
  repeat_refund(world: Simulation, { process, a }: Action) {
    const refund_intent = pick(world.refunds, a)
    return refund_intent
      ? {
          words: `${refund_intent.key} is repeated with the same key`,
          work: () => requestRefund(world, process, refund_intent),
        }
      : null
  },
  cancel(world: Simulation, { process, a }: Action) {
    const intent = pick(
      world.intents.filter(({ order_id }) => order_id !== null),
      a,
    )
    if (!intent?.order_id) return null
    const refund_intent = {
      key: `cancel-${world.refunds.length + 1}`,
      order_id: intent.order_id,
      amount_fen: null,
      cancels: true,
    }
    world.refunds.push(refund_intent)
    return {
      words: `${intent.merchant_order_no} is cancelled`,
      work: () => requestRefund(world, process, refund_intent),
    }
  },
  terminate(world: Simulation, { process, a }: Action) {
    const contract = pick(world.contracts, a)
    if (!contract) return null
    return {
      words: `the merchant ends contract ${world.contracts.indexOf(contract) + 1}`,
      work: async () =>
        void (await ask(world, process, 'POST', `/v1/contracts/${contract.id}/terminate`)),
    }
  },
}
