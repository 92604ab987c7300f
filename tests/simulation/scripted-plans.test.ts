import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { template } from '../support/template.ts'
import { done_later } from './database.ts'
import { openEnvironment, type Environment } from './environment.ts'
import { planOf, type Action, type Ways } from './plan.ts'
import { play } from './run.ts'
import { action } from './scripted-action.ts'
import { misprints } from './statements.ts'

/**
 * Situations that random seeds reach too rarely: the plans are scripted here, and the simulation
 * runs them.
 */
let environment: Environment
beforeAll(async () => {
  environment = await openEnvironment(inject('database_server').connection, template)
})
afterAll(() => environment.close())

const playing = (actions: Action[], ways: Partial<Ways> = {}) =>
  play(environment, {
    seed: 1,
    actions,
    ways: {
      ...planOf(1).ways,
      notice_timing: 'now',
      payment_notice_timing: 'now',
      booking_delay_ms: 800,
      ...ways,
    },
  })

/**
 * The index of a network fault: the request arrives a quarter of an hour after its sender gave up.
 */
const very_late = 48

test('an apply that UnionPay answered only after the attempt was given up ends in an active contract', async () => {
  const matches: string[] = []
  for (let gate = 10; gate < 40 && matches.length === 0; gate++) {
    const { trace, breach } = await playing([action('sign', { faults: [[gate, very_late]] })])
    expect(breach).toBeNull()
    matches.push(...trace.filter((line) => line.includes('contract.apply: late request')))
  }
  expect(matches).toHaveLength(1)
  const { rows } = await environment.lines.look.query(
    'select from_state, to_state, source from contract_history order by seq',
  )
  expect(rows.slice(1)).toEqual([
    { from_state: 'applying', to_state: 'abandoned', source: 'info' },
    { from_state: 'abandoned', to_state: 'active', source: 'info' },
  ])
})

test.for(['usual', 'missing', 'empty', 'seconds', 'milliseconds', 'zoned'] as const)(
  'a notice that arrives half a day late, about a contract before the present one, ends nothing: time %s',
  async (notice_time) => {
    const { breach } = await playing(
      [action('sign'), action('terminate'), action('time', { a: 2 }), action('sign')],
      { notice_timing: 'late', notice_on_relieve: true, notice_generation: 'old', notice_time },
    )
    expect(breach).toBeNull()
    const { rows } = await environment.lines.look.query<{ state: string }>(
      'select state from contracts order by id',
    )
    expect(rows).toEqual([{ state: 'terminated' }, { state: 'active' }])
    const { rows: outcomes } = await environment.lines.look.query<{ outcome: string }>(
      `select outcome from notifications where kind = 'termination'`,
    )
    expect(outcomes).toEqual([
      { outcome: notice_time === 'usual' ? 'older_than_contract' : 'time_unreadable' },
    ])
  },
)

test('two refunds of everything at once, through two processes: one is accepted', async () => {
  const paid = [action('sign'), action('charge'), action('time', { a: 2 }), action('notice')]
  for (let chance = 1; chance <= 6; chance++) {
    const { breach } = await playing([
      ...paid,
      action('refund', { steps: 0 }),
      action('refund', { process: 1, chance }),
    ])
    expect(breach).toBeNull()
    expect((await environment.lines.look.query('select from refunds')).rowCount).toBe(1)
  }
})

const paid_and_told = [action('sign'), action('charge'), action('time', { a: 2 }), action('notice')]

test('a charge whose process was suspended for half an hour before its commit is not sent', async () => {
  const reasons: (string | null)[] = []
  for (let steps = 1; steps < 16 && !reasons.includes('not_sent'); steps++) {
    const { breach } = await playing([
      action('sign'),
      action('charge', { steps }),
      action('time', { a: 6 }),
      action('rush'),
    ])
    expect(breach).toBeNull()
    reasons.push(
      (await environment.lines.look.query<{ reason: string | null }>('select reason from charges'))
        .rows[0]?.reason ?? null,
    )
  }
  expect(reasons).toContain('not_sent')
})

test('a refund whose process was suspended for half an hour before its commit is not sent', async () => {
  const reasons: (string | null)[] = []
  for (let steps = 1; steps < 16 && !reasons.includes('not_sent'); steps++) {
    const { breach } = await playing([
      ...paid_and_told,
      action('refund', { steps }),
      action('time', { a: 6 }),
      action('rush'),
    ])
    expect(breach).toBeNull()
    reasons.push(
      (await environment.lines.look.query<{ reason: string | null }>('select reason from refunds'))
        .rows[0]?.reason ?? null,
    )
  }
  expect(reasons).toContain('not_sent')
})

test(
  'a signed answer posted as a notification, also while the real one arrives, changes no state',
  { timeout: 120_000 },
  async () => {
    for (const [chance, course] of [4, 5, 5].entries()) {
      const { breach, trace } = await playing([
        action('sign'),
        action('charge', { c: course }),
        action('replay', { a: chance, b: 1 }),
        action('time', { a: 2 }),
        action('notice', { steps: 1, chance }),
        action('replay', { process: 1, a: chance, b: 1, chance }),
        action('rush'),
      ])
      expect(breach, trace.join('\n')).toBeNull()
      expect(trace.join('\n')).toContain('posted as a notification')
    }
  },
)

const declined = [
  action('sign'),
  action('charge', { c: 3 }),
  action('time', { a: 2 }),
  action('notice'),
]
const kindsOf = async (): Promise<string[]> =>
  (
    await environment.lines.look.query<{ kind: string }>(
      'select distinct kind from reconciliation_breaks',
    )
  ).rows.map(({ kind }) => kind)

test('every error in a statement is named with its kind', async () => {
  const wrong = {
    drop: 'ours_only',
    duplicate: 'duplicate',
    amount: 'amount',
    fee: 'fee',
    settled: 'fee',
    invent: 'theirs_only',
    adjustment: 'adjustment',
    state: 'state',
  } as const
  for (const [misprint, kind] of Object.entries(wrong)) {
    const before = misprint === 'state' ? declined : paid_and_told
    const { breach } = await playing([
      ...before,
      action('misprint', { b: misprints.indexOf(misprint as keyof typeof wrong) }),
      action('morning'),
    ])
    expect(breach).toBeNull()
    expect(await kindsOf()).toEqual([kind])
  }
})

test('when a process dies during a statement, the other process takes over', async () => {
  const deaths: string[] = []
  for (let gate = 5; gate < 40 && deaths.length < 2; gate++) {
    const { breach, trace } = await playing([
      ...paid_and_told,
      action('time', { a: 8 }),
      action('morning', { faults: [[gate, 0]], chance: gate }),
    ])
    expect(breach).toBeNull()
    deaths.push(
      ...trace.filter((line) =>
        /dies before “(set work_mem|create temporary|analyze|update statements s set claim = null)/.test(
          line,
        ),
      ),
    )
  }
  expect(deaths).toHaveLength(2)
})

/** Orders that UnionPay never received, and are not marked so. */
async function neverArrived(): Promise<string[]> {
  const { rows } = await environment.lines.look.query<{ order_id: string }>(
    `select order_id from charges where reason is distinct from 'not_sent'
     union all select order_id from refunds where reason is distinct from 'not_sent'`,
  )
  return rows
    .map(({ order_id }) => order_id)
    .filter((order_id) => environment.parts.orders.named(order_id).length === 0)
}

test.for(['sign', 'charge', 'refund', 'notice', 'terminate'] as const)(
  'a commit that is lost, not found, and executed later has no second effect: %s',
  async (kind) => {
    const before = {
      sign: [],
      charge: [action('sign')],
      refund: paid_and_told,
      notice: paid_and_told.slice(0, 3),
      terminate: [action('sign')],
    }[kind]
    const late: string[] = []
    for (let gate = 1; gate <= 18; gate++) {
      const { breach, trace } = await playing([
        ...before,
        action(kind, { faults: [[gate, done_later]] }),
        action('repeat'),
        action('time', { a: 6 }),
        action('rush'),
        action('rush'), // what was executed late is visible by then
      ])
      expect(breach, trace.join('\n')).toBeNull()
      expect(await neverArrived(), trace.join('\n')).toEqual([])
      late.push(...trace.filter((line) => line.includes('done later')))
    }
    expect(late.length).toBeGreaterThan(0)
  },
)
