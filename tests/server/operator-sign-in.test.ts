import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changeOperator, startOperatorSession } from '../../server/console/operator-store.ts'
import { isPassword, sealPassword } from '../../server/console/password.ts'
import { ensureSandboxOperators } from '../../server/console/sandbox-operator.ts'
import { realClock } from '../../server/kernel/clock.ts'
import { systemRandom } from '../../server/kernel/ids.ts'
import { refusal } from '../support/charging.ts'
import { createOperator, password, type ConsoleOperator } from '../support/operator.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ jobs: false, env: { TRUSTED_PROXIES: '1' } })
})
afterAll(() => world.stop())

type Answer = { status: number; code: string | null; cookies: string[] }
let last_host = 0
/** An address of its own: the rate limit counts by address too. */
const anAddress = (): string => `198.51.100.${++last_host}`
const signIn = async (
  name: string,
  given: string,
  { address, cookie = '' }: { address: string; cookie?: string },
): Promise<Answer> => {
  const answer = await fetch(`${world.url}/console/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address, cookie },
    body: JSON.stringify({ name, password: given }),
  })
  const { code = null } = (await answer.json()) as { code?: string }
  return {
    status: answer.status,
    code,
    cookies: answer.headers.getSetCookie().map((set) => set.split(';')[0] ?? ''),
  }
}
const fail = async (times: number, name: string, from: { address: string; cookie?: string }) => {
  for (let time = 0; time < times; time++)
    expect((await signIn(name, 'wrong', from)).code).toBe('operator_refused')
}
const operator = (name: string): Promise<ConsoleOperator> =>
  createOperator(world.url, world.database, name, 'admin')
const sql = (text: string, values: unknown[] = []) => world.database.pool.query(text, values)
/** Ends the lock: its time is over. */
const lockEnds = () =>
  sql(`update operator_sign_in_failures set locked_until = now() where locked_until is not null`)

describe('five wrong passwords in a row', () => {
  test('lock the name for their source address only', async () => {
    await operator('lea')
    const [stranger, own] = [anAddress(), anAddress()]
    await fail(5, 'lea', { address: stranger })
    expect((await signIn('lea', password, { address: stranger })).code).toBe('operator_refused')
    expect((await signIn('lea', password, { address: own })).status).toBe(200)
    await lockEnds()
    expect((await signIn('lea', password, { address: stranger })).status).toBe(200)
  })

  test('from one address do not lock a browser at that address in which the operator signed in before', async () => {
    await operator('mia')
    const address = anAddress()
    const known = (await signIn('mia', password, { address })).cookies[1] ?? ''
    expect(known).toMatch(/^wugan_console_browser=/)
    await fail(19, 'mia', { address })
    expect((await signIn('mia', password, { address })).code).toBe('rate_limited')
    const again = await signIn('mia', password, { address, cookie: known })
    expect(again.status).toBe(200)
    const copied = await signIn('mia', password, { address: anAddress(), cookie: known })
    expect([copied.status, copied.cookies[1] === again.cookies[1]]).toEqual([200, false])
  })

  test('lock a browser with the secret it had before the operator signed in again', async () => {
    await operator('mona')
    const before = (await signIn('mona', password, { address: anAddress() })).cookies[1] ?? ''
    const again = await signIn('mona', password, { address: anAddress(), cookie: before })
    const now = again.cookies[1] ?? ''
    const address = anAddress()
    await fail(5, 'mona', { address })
    const taken = await signIn('mona', password, { address, cookie: before })
    expect(taken.code).toBe('operator_refused')
    expect((await signIn('mona', password, { address, cookie: now })).status).toBe(200)
    await lockEnds()
  })

  test('lock their source browser, although the operator signed in with it before', async () => {
    await operator('nora')
    const from = { address: anAddress() }
    const cookie = (await signIn('nora', password, from)).cookies[1] ?? ''
    await fail(5, 'nora', { ...from, cookie })
    expect((await signIn('nora', password, { ...from, cookie })).code).toBe('operator_refused')
    expect((await signIn('nora', password, { address: anAddress() })).status).toBe(200)
  })

  test('from a browser of another operator count for the address, like those of a stranger', async () => {
    await operator('olga')
    await operator('pia')
    const cookie = (await signIn('olga', password, { address: anAddress() })).cookies[1] ?? ''
    const address = anAddress()
    await fail(5, 'pia', { address, cookie })
    expect((await signIn('pia', password, { address })).code).toBe('operator_refused')
  })

  test('lock once: further ones neither extend the lock nor count while it is active', async () => {
    await operator('rita')
    const address = anAddress()
    await fail(5, 'rita', { address })
    const locks = async () =>
      (
        await sql(
          `select failures, locked_until from operator_sign_in_failures where locked_until > now()`,
        )
      ).rows
    const before = await locks()
    await fail(3, 'rita', { address })
    expect(await locks()).toEqual(before)
    const { rows } = await sql(
      `select detail from audit_trail where author = 'rita' and action = 'operator.locked'`,
    )
    expect(rows).toEqual([{ detail: { known_browser: false } }])
    await lockEnds()
  })

  test('are counted for unknown names too, so that a lock does not reveal which names exist', async () => {
    await sql(`delete from operator_sign_in_failures`)
    const address = anAddress()
    await fail(6, 'nobody-of-this-name', { address })
    const { rows } = await sql(
      `select failures, locked_until > now() as locked from operator_sign_in_failures`,
    )
    expect(rows).toEqual([{ failures: 5, locked: true }])
  })

  test('cause no further comparison while the lock is active: a locked name is refused although every comparison slot is busy', async () => {
    const address = anAddress()
    await fail(5, 'nobody-either', { address })
    const flood = Promise.allSettled(Array.from({ length: 6 }, () => isPassword('wrong', null)))
    expect((await signIn('somebody-else', 'wrong', { address })).code).toBe('overloaded')
    expect((await signIn('nobody-either', 'wrong', { address })).code).toBe('operator_refused')
    await flood
  })

  test('from an IPv6 address lock its whole network of 64 bits', async () => {
    await operator('sara')
    for (const host of ['1', '2', '3', '4', '5'])
      await fail(1, 'sara', { address: `2400:3200:0:7::${host}` })
    expect((await signIn('sara', password, { address: '2400:3200:0:7:ffff::1' })).code).toBe(
      'operator_refused',
    )
    expect((await signIn('sara', password, { address: '2400:3200:0:8::1' })).status).toBe(200)
    await lockEnds()
  })

  test('are no more than five, however many are sent at once', async () => {
    await operator('tess')
    const address = anAddress()
    const sent = Promise.all(Array.from({ length: 12 }, () => signIn('tess', 'wrong', { address })))
    for (const { code } of await sent) expect(['operator_refused', 'overloaded']).toContain(code)
    await fail(5, 'tess', { address })
    expect((await signIn('tess', password, { address })).code).toBe('operator_refused')
    await lockEnds()
  })
})

test('an operator is refused in the same way for a wrong name and for a wrong password', async () => {
  await operator('uma')
  const address = anAddress()
  expect(await signIn('nobody', 'x', { address })).toEqual(await signIn('uma', 'x', { address }))
})

test('a flood of passwords from strangers leaves one comparison slot for known browsers', async () => {
  const sealed = await sealPassword('right', systemRandom)
  const flood = Promise.allSettled(Array.from({ length: 20 }, () => isPassword('wrong', sealed)))
  expect(await isPassword('right', sealed, 'known_browser')).toBe(true)
  expect((await flood).filter(({ status }) => status === 'fulfilled')).toHaveLength(6)
})

describe('a disabled operator', () => {
  test('cannot sign in again, and all their sessions and browsers are invalid', async () => {
    const vera = await operator('vera')
    await vera.signIn()
    const cookie = vera.cookie()
    expect((await signIn('vera', password, { address: anAddress(), cookie })).status).toBe(200)
    await vera.signIn()
    await changeOperator(world.database.pool, 'vera', { disabled: true })
    expect(await refusal(vera.call('GET', '/overview'))).toBe('not_signed_in')
    for (const given of [cookie, vera.cookie(), ''])
      expect((await signIn('vera', password, { address: anAddress(), cookie: given })).code).toBe(
        'operator_refused',
      )
    expect(await refusal(vera.call('GET', '/overview'))).toBe('not_signed_in')
    const { rows } = await sql(
      `select from operator_sessions s join operators o on o.id = s.operator_ref where o.name = 'vera'`,
    )
    expect(rows).toEqual([])
  })

  test('is not signed in by a password that was compared before they were disabled, or before it was changed', async () => {
    await operator('wanda')
    const { rows } = await sql(`select id, password from operators where name = 'wanda'`)
    const compared = rows[0] as { id: string; password: string }
    await changeOperator(world.database.pool, 'wanda', { password: 'scrypt$changed' })
    expect(await startOperatorSession(world.database.pool, compared, 'digest-1')).toBe(false)
    await changeOperator(world.database.pool, 'wanda', { disabled: true })
    expect(
      await startOperatorSession(
        world.database.pool,
        { ...compared, password: 'scrypt$changed' },
        'digest-2',
      ),
    ).toBe(false)
  })

  test('is not enabled by a new password, only by the enable command', async () => {
    const xenia = await operator('xenia')
    const sealed = await sealPassword('another password', systemRandom)
    const { pool } = world.database
    await changeOperator(pool, 'xenia', { disabled: true })
    expect(await changeOperator(pool, 'xenia', { password: sealed })).toBe(false)
    expect(await refusal(xenia.signIn('another password'))).toBe('operator_refused')
    expect(await changeOperator(pool, 'xenia', { password: sealed, enabled: true })).toBe(true)
    expect(await xenia.signIn('another password')).toMatchObject({ name: 'xenia' })
  })

  test('of the sandbox stays disabled when the server starts again', async () => {
    const { pool } = world.database
    const start = () =>
      ensureSandboxOperators(pool, realClock, systemRandom, world.settings.data_dir)
    await start()
    await changeOperator(pool, 'demo', { disabled: true })
    await start()
    const { rows } = await sql(
      `select name from operators where name in ('demo', 'second') and disabled_at is null`,
    )
    expect(rows).toEqual([{ name: 'second' }])
  })
})
