import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { template } from '../support/template.ts'
import { openEnvironment, type Environment } from './environment.ts'
import { planOf, type Action, type Ways } from './plan.ts'
import { play } from './run.ts'
import { action } from './scripted-action.ts'

/** Checks that the scenarios of a seed reach their purpose, and not only a refusal. */
let environment: Environment
beforeAll(async () => {
  environment = await openEnvironment(inject('database_server').connection, template)
})
afterAll(() => environment.close())

async function playing(actions: Action[]): Promise<string> {
  const ways: Ways = {
    ...planOf(1).ways,
    notice_timing: 'now',
    payment_notice_timing: 'now',
    booking_delay_ms: 800,
  }
  const { trace, breach } = await play(environment, { seed: 1, actions, ways })
  expect(breach, trace.join('\n')).toBeNull()
  return trace.join('\n')
}
const read = async <Row extends object>(sql: string): Promise<Row[]> =>
  (await environment.lines.look.query<Row>(sql)).rows

test.for([
  ['in the answer', 'notified', { b: 0, c: 0 }],
  ['in a notification', 'notified', { b: 1, c: 0 }],
  ['in the answer', 'known by the statement alone', { b: 0, c: 3 }],
  ['in a notification', 'known by the statement alone', { b: 1, c: 3 }],
] as const)(
  'an order whose first charge is declined %s and booked later, which is %s, is paid twice until the surplus is refunded',
  async ([, , choices]) => {
    const declined = choices.b === 1 ? [action('twice')] : []
    await playing([action('sign'), action('twice', choices), ...declined, action('time', { a: 7 })])
    expect(
      await read(
        `select distinct order_id from order_history where reason = 'paid_twice' and to_state is not null`,
      ),
    ).toHaveLength(2)
    expect(await read(`select state, needs_review from charges`)).toEqual([
      { state: 'succeeded', needs_review: false },
      { state: 'succeeded', needs_review: false },
    ])
    expect(await read(`select state from refunds`)).toEqual([{ state: 'succeeded' }])
  },
)

test('of several renewals at once the first debit is exempt, one uses the notice, and the others are refused', async () => {
  await playing([
    action('subscribe'),
    action('renew', { b: 1, c: 1 }),
    action('announce', { c: 1 }),
    action('days'),
    action('renew', { b: 1, c: 1, chance: 2 }),
    action('time', { a: 7 }),
  ])
  expect(
    await read(
      `select state, notice_ref is not null as announced, first_debit_of is not null as first from charges order by order_id`,
    ),
  ).toEqual([
    { state: 'succeeded', announced: false, first: true },
    { state: 'succeeded', announced: true, first: false },
  ])
})

test.for([0, 1])(
  'a phone whose wallet changes users shows each user their own contract, and ends no other: cookies kept or cleared (%s)',
  async (c) => {
    const ends = 4 // one of the requests of a user who has a charge
    const trace = await playing([
      action('sign'),
      action('sign', { a: 1 }),
      action('charge'),
      action('look', { c: 0 }),
      action('switch', { b: 0, c }),
      action('look', { b: 0, c: 0 }),
      action('look', { b: 0, c: ends }),
      action('look', { b: 1, c: ends }),
      action('look', { b: 1, c: 1 }),
    ])
    expect(trace).toContain('Bo asks POST')
    const sessions = await read<{ user_id: string }>(
      `select u.user_id from sessions s join wallets w on w.id = s.wallet_ref join users u on u.id = w.user_ref`,
    )
    expect(sessions.map(({ user_id }) => user_id)).toContain('Bo')
    expect(
      await read(
        `select user_id from contract_history h join contracts c on c.id = h.contract_ref join users u on u.id = c.user_ref where h.to_state = 'terminating'`,
      ),
    ).toEqual([{ user_id: 'Bo' }])
  },
)
