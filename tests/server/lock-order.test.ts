import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ChargesContext } from '../../server/charges/context.ts'
import { settle } from '../../server/charges/settlement.ts'
import { decide } from '../../server/console/act.ts'
import type { ConsoleContext } from '../../server/console/context.ts'
import { withdraw } from '../../server/console/withdraw.ts'
import { Refusal } from '../../server/errors.ts'
import { receiveTermination } from '../../server/notifications/receive-termination.ts'
import { erasePerson } from '../../server/privacy/erase-person.ts'
import { resolveBreak } from '../../server/reconciliation/resolve-break.ts'
import { settleLine } from '../../server/reconciliation/settle-line.ts'
import { acceptRefund } from '../../server/refunds/accept-refund.ts'
import { answerTicket } from '../../server/sign-in/answer-ticket.ts'
import { questionOf } from '../../server/sign-in/account.ts'
import type { SignInContext } from '../../server/sign-in/context.ts'
import { secretDigest } from '../../server/sign-in/digest.ts'
import { proveSession } from '../../server/sign-in/prove-session.ts'
import { findSession } from '../../server/sign-in/session-store.ts'
import { createPool } from '../../server/storage/pool.ts'
import type { ValidNotice } from '../../server/unionpay/notice.ts'
import { startReconcilingWorld, type ReconcilingWorld } from '../support/reconciling.ts'
import { until } from '../support/until.ts'
import { plan } from '../support/world.ts'

/**
 * Transactions that lock the same rows are started at once, many times; the database must not abort
 * any of them as a deadlock (docs/reliability.md, Locks).
 */

const rounds = 25
let world: ReconcilingWorld
beforeAll(async () => {
  world = await startReconcilingWorld()
})
afterAll(() => world.stop())

type Collision = readonly (() => Promise<unknown>)[]

type Collided = { failed: string[]; deadlocks: number }
const unharmed: Collided = { failed: [], deadlocks: 0 }

/**
 * Starts the calls of every round at once. A call may refuse; any other error has failed. The
 * connections are closed before the deadlocks are read: a connection reports them when it closes,
 * at the latest.
 */
async function collide(name: string, round: (pool: Pool) => Promise<Collision>): Promise<Collided> {
  const before = await countDeadlocks()
  const { options } = world.pool
  const { password } = options // not among its enumerable members
  const pool = createPool({ ...options, password, application_name: `collide ${name}` })
  const failed: string[] = []
  try {
    for (let at = 0; at < rounds; at++) {
      for (const one of await Promise.allSettled((await round(pool)).map((call) => call())))
        if (one.status === 'rejected' && !(one.reason instanceof Refusal))
          failed.push(String(one.reason))
    }
  } finally {
    await pool.end()
  }
  await until('its connections are gone', async () => {
    const { rowCount } = await world.pool.query(
      'select from pg_stat_activity where application_name = $1',
      [`collide ${name}`],
    )
    return rowCount === 0
  })
  return { failed, deadlocks: (await countDeadlocks()) - before }
}

const countDeadlocks = async (): Promise<number> =>
  Number(
    (
      await world.pool.query<{ deadlocks: string }>(
        'select deadlocks from pg_stat_database where datname = current_database()',
      )
    ).rows[0]?.deadlocks,
  )

const on = <Context extends { database: object }>(context: Context, pool: Pool): Context => ({
  ...context,
  database: { ...context.database, pool },
})
const chargesOn = (pool: Pool): ChargesContext => on(world.context.charges, pool)
const signInOn = (pool: Pool): SignInContext => ({
  ...on(world.app.contracts, pool),
  real_clock: world.app.contracts.clock,
  ticket_secret: new Uint8Array(),
})

let numbers = 0
/** A user whose one wallet has an old session and a session with a `pending` ticket. */
async function userWith({ origin = 'made', pending = null as string | null } = {}) {
  const id = `01LOCKS${String((numbers += 1)).padStart(19, '0')}`
  const { cipher } = world.app.contracts
  await world.pool.query(`insert into users (id, user_id, origin) values ($1, $2, $3)`, [
    id,
    `user-${id}`,
    origin,
  ])
  await world.pool.query(
    `insert into wallets (id, open_id_digest, open_id_sealed, user_ref) values ($1, $2, $3, $1)`,
    [id, cipher.digest(id), cipher.seal(id)],
  )
  await world.pool.query(
    `insert into sessions (token_digest, wallet_ref, expires_at, pending_user_id) values
       ($2, $1, now() - interval '1 minute', null), ($3, $1, now() + interval '1 hour', $4)`,
    [id, secretDigest(`old ${id}`), secretDigest(`asked ${id}`), pending],
  )
  return { id, user_id: `user-${id}`, old: `old ${id}`, asked: secretDigest(`asked ${id}`) }
}

test('an order settled by a notification and by its statement while an operator resolves its break', async () => {
  const { order_id, amount_fen } = await world.charge('failed')
  const statement_id = '01LOCKSTATEMENT00000000000'
  await world.pool.query(
    `insert into statements (id, merchant_no, day, give_up_at) select $1, merchant_no, '2020-01-02', business_now() from charges where order_id = $2`,
    [statement_id, order_id],
  )
  const collided = await collide('break', async (pool) => {
    const id = `01LOCKBREAK${String((numbers += 1)).padStart(15, '0')}`
    await pool.query(
      `update charges set state = 'failed', needs_review = false, review_reason = null, settle_on = null where order_id = $1`,
      [order_id],
    )
    await pool.query(
      `insert into reconciliation_breaks (id, statement_id, kind, key, order_id, order_kind, amount_fen, run) values ($1, $2, 'ours_only', $1, $3, 'charge', $4, 'x')`,
      [id, statement_id, order_id, amount_fen],
    )
    const charges = chargesOn(pool)
    const paid = { state: 'succeeded', settle_on: world.day() } as const
    const line = {
      order_id,
      order_kind: 'charge',
      outcome: { ...paid, source: 'statement' },
      moves: false,
    } as const
    const repair = { action: 'mark_paid', author: 'anna', note: 'asked', dry_run: false } as const
    return [
      () => resolveBreak({ ...world.context, charges }, id, repair),
      () => settleLine(charges, line, async () => {}),
      () => settle(charges, 'charges', order_id, { ...paid, source: 'notification' }),
      () => settleLine(charges, line, async () => {}),
    ]
  })
  expect(collided).toEqual(unharmed)
})

test('a user who is erased while their wallet signs in', async () => {
  const collided = await collide('session', async (pool) => {
    const user = await userWith()
    const before = { session_cookie: user.old, new_id: false }
    return [
      () => proveSession(signInOn(pool), user.id, before),
      () => erasePerson(on(world.app.contracts, pool), user.id, 'payer'),
    ]
  })
  expect(collided).toEqual(unharmed)
})

test('a user who is erased while another wallet claims to be theirs', async () => {
  const collided = await collide('answer', async (pool) => {
    const real = await userWith({ origin: 'ticket' })
    const user = await userWith({ pending: real.user_id })
    const session = await findSession(pool, user.asked)
    if (!session?.pending) throw new Error('the session is not asked')
    const answer = { accept: true, question_id: questionOf(session.pending) }
    return [
      () => answerTicket(signInOn(pool), session, answer),
      () => erasePerson(on(world.app.contracts, pool), real.id, 'payer'),
      () => erasePerson(on(world.app.contracts, pool), user.id, 'payer'),
    ]
  })
  expect(collided).toEqual(unharmed)
})

test('a user who is erased while their termination is notified again', async () => {
  const collided = await collide('notification', async (pool) => {
    const { id } = await userWith()
    const contracts = on(world.app.contracts, pool)
    await pool.query(
      `insert into contracts (id, user_ref, wallet_ref, plan_id, contract_code, contract_id_digest, signed_through, state, expires_at)
       values ($1, $1, $1, $2, $1, $3, 'h5', 'terminated', business_now())`,
      [id, plan.vending, contracts.cipher.digest(`number ${id}`)],
    )
    const notice = (identity: string): ValidNotice => ({
      kind: 'valid',
      notice: {
        app_id: '',
        open_id: id,
        contract_id: `number ${id}`,
        contract_code: null,
        plan_id: null,
        operated_at: new Date(0),
        unread_time: null,
      },
      fields: {},
      signed_text: identity,
      identity: `${identity} ${id}`,
    })
    await receiveTermination(contracts, notice('first'))
    return [
      () => receiveTermination(contracts, notice('first')),
      () => erasePerson(contracts, id, 'payer'),
      () => receiveTermination(contracts, notice('second')),
    ]
  })
  expect(collided).toEqual(unharmed)
})

test('a refund that is accepted while its charge is settled', async () => {
  const { order_id } = await world.charge('succeeded', 5_000)
  const collided = await collide('refund', async (pool) => {
    const charges = chargesOn(pool)
    const refund = (key: string) => () =>
      acceptRefund(
        charges,
        { owner: 'console', verb: 'refund', key: `${key} ${(numbers += 1)}`, body_digest: key },
        order_id,
        { kind: 'refund', amount_fen: 1, description: '退货' },
        false,
      )
    const settled = { state: 'succeeded', source: 'notification' } as const
    return [
      refund('one'),
      () => settle(charges, 'charges', order_id, settled),
      refund('two'),
      () => settle(charges, 'charges', order_id, { ...settled, review: 'differs_from_order' }),
    ]
  })
  expect(collided).toEqual(unharmed)
})

test('a request that is decided and withdrawn while its order is settled', async () => {
  const { order_id, amount_fen } = await world.charge('failed')
  for (const name of ['locks-anna', 'locks-bob'])
    await world.pool.query(
      `insert into operators (id, name, role, password) values ($1, $1, 'admin', '')`,
      [name],
    )
  const [anna, bob] = ['locks-anna', 'locks-bob'].map(
    (name) => ({ id: name, name, role: 'admin' }) as const,
  )
  if (!anna || !bob) throw new Error('two operators are needed')
  const collided = await collide('approval', async (pool) => {
    const id = `01LOCKASKED${String((numbers += 1)).padStart(15, '0')}`
    await pool.query(
      `update charges set state = 'failed', needs_review = true, review_reason = 'differs_from_order' where order_id = $1`,
      [order_id],
    )
    await pool.query(
      `insert into approvals (id, action, subject, amount_fen, detail, asked_by) values ($1, 'resolve', $2, $3, '{"table":"charges","decision":"paid"}', $4)`,
      [id, order_id, amount_fen, anna.id],
    )
    const charges = chargesOn(pool)
    const context: ConsoleContext = {
      ...on(world.app.contracts, pool),
      charges,
      contracts: on(world.app.contracts, pool),
      reconciliation: { ...world.context, charges },
      certificates: [],
      two_person_above_fen: 0,
    }
    return [
      () => decide(context, bob, id, true),
      () => withdraw(context, anna, id),
      () => settle(charges, 'charges', order_id, { state: 'succeeded', source: 'query' }),
    ]
  })
  expect(collided).toEqual(unharmed)
})
