import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Refused } from '../support/payer.ts'
import { startWorld, plan, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(async () => world.stop())

const refusal = async (action: Promise<unknown>): Promise<string> =>
  action.then(
    () => 'accepted',
    (error: unknown) => {
      if (error instanceof Refused) return error.view.code
      throw error
    },
  )

describe('silent sign-in', () => {
  test('gives a session to a new wallet, with a generated user_id', async () => {
    const payer = await world.payer()
    expect(await payer.session()).toBeNull()
    expect(await payer.signIn()).toMatchObject({
      account: { origin: 'made' },
      pending_account: null,
      account_conflict: false,
    })
    expect(await payer.session()).toMatchObject({ account: { origin: 'made' } })
  })
  test('recognizes the same wallet in another browser', async () => {
    const payer = await world.signedIn()
    const before = await payer.session()
    expect((await world.sameWallet(payer).signIn()).account).toEqual(before?.account)
  })
  test('changes the session id each time', async () => {
    const payer = await world.signedIn()
    const before = payer.jar.get('wugan_session')
    await payer.signIn()
    expect(payer.jar.get('wugan_session')).not.toBe(before)
    payer.jar.set('wugan_session', before as string)
    expect(await payer.session()).toBeNull()
  })
  test("refuses another browser's state", async () => {
    const [victim, attacker] = [await world.payer(), await world.payer()]
    await victim.authorize()
    const query = await attacker.authorize()
    expect(await refusal(victim.call('POST', '/api/sign-in/return', { query }))).toBe(
      'state_unknown',
    )
  })
  test('refuses a state that was used', async () => {
    const payer = await world.payer()
    const query = await payer.authorize()
    const visit = payer.jar.get('wugan_visit') as string
    await payer.call('POST', '/api/sign-in/return', { query })
    payer.jar.set('wugan_visit', visit)
    expect(await refusal(payer.call('POST', '/api/sign-in/return', { query }))).toBe(
      'state_unknown',
    )
  })
  test('refuses a code that UnionPay does not know', async () => {
    const payer = await world.payer()
    const query = (await payer.authorize()).replace(
      /code=[^&]*/,
      'code=AAAAAAAAAAAAAAAAAAAAAA%3D%3D',
    )
    expect(await refusal(payer.call('POST', '/api/sign-in/return', { query }))).toBe(
      'sign_in_failed',
    )
  })
  test('reports when UnionPay answers HTML instead of JSON', async () => {
    const payer = await world.payer()
    const query = await payer.authorize()
    const id = await world.control.addRule({
      interface: 'token',
      effect: { kind: 'html' },
      times: 1,
    })
    expect(await refusal(payer.call('POST', '/api/sign-in/return', { query }))).toBe(
      'unionpay_unavailable',
    )
    await world.control.removeRule(id).catch(() => {})
  })
  test.each(['//evil.example', 'https://evil.example', '/\\evil', 'javascript:alert(1)'])(
    'never returns to %s',
    async (return_to) => {
      const payer = await world.payer()
      expect(await refusal(payer.call('POST', '/api/sign-in', { return_to }))).toBe('bad_request')
    },
  )
  test('ends when the user signs out', async () => {
    const payer = await world.signedIn()
    await payer.call('DELETE', '/api/session')
    expect(await payer.session()).toBeNull()
  })
})

describe("the merchant's ticket", () => {
  test('asks which account the wallet pays for, and yes binds it', async () => {
    const payer = await world.payer()
    await payer.call('POST', '/api/tickets', { ticket: await world.ticket('user-1001', '张三') })
    expect(await payer.signIn()).toMatchObject({
      account: { origin: 'made' },
      pending_account: { display_name: '张三' },
    })
    expect(await refusal(payer.start(plan.vending))).toBe('account_unconfirmed')
    expect(await payer.answer(true)).toMatchObject({
      account: { origin: 'ticket', display_name: '张三' },
      pending_account: null,
    })
    expect((await payer.sign(plan.vending)).state).toBe('succeeded')
  })
  test('survives a sign-in that UnionPay did not answer', async () => {
    const payer = await world.payer()
    await payer.call('POST', '/api/tickets', { ticket: await world.ticket('user-1010', '赵六') })
    const query = await payer.authorize()
    const id = await world.control.addRule({
      interface: 'token',
      effect: { kind: 'html' },
      times: 1,
    })
    expect(await refusal(payer.call('POST', '/api/sign-in/return', { query }))).toBe(
      'unionpay_unavailable',
    )
    await world.control.removeRule(id).catch(() => {})
    expect(await payer.signIn()).toMatchObject({ pending_account: { display_name: '赵六' } })
  })
  test('applies an answer only to the account that was on the screen', async () => {
    const payer = await world.payer()
    await payer.call('POST', '/api/tickets', { ticket: await world.ticket('user-1011', '我') })
    const { pending_account } = await payer.signIn()
    await payer.call('POST', '/api/tickets', { ticket: await world.ticket('user-1012', '别人') })
    expect(
      await refusal(
        payer.call('POST', '/api/session/account', {
          accept: true,
          question_id: pending_account?.question_id,
        }),
      ),
    ).toBe('account_unconfirmed')
    expect(await payer.session()).toMatchObject({
      account: { origin: 'made' },
      pending_account: { display_name: '别人' },
    })
  })
  test('cannot name a user_id of the generated form', async () => {
    const payer = await world.payer()
    expect(
      await refusal(
        payer.call('POST', '/api/tickets', {
          ticket: await world.ticket('made-01M82GWYC4FX2JAE06AGKVMQA1'),
        }),
      ),
    ).toBe('ticket_invalid')
  })
  test('answered with no leaves the wallet unchanged', async () => {
    const payer = await world.payer()
    await payer.call('POST', '/api/tickets', { ticket: await world.ticket('user-1002') })
    await payer.signIn()
    expect(await payer.answer(false)).toMatchObject({
      account: { origin: 'made' },
      pending_account: null,
    })
  })
  test('takes over the contracts signed under the generated user_id', async () => {
    const payer = await world.signedIn()
    await payer.sign(plan.vending)
    await payer.call('POST', '/api/tickets', { ticket: await world.ticket('user-1003') })
    await payer.answer(true)
    expect(await payer.contracts()).toHaveLength(1)
    const key = await world.key(['read'])
    expect(
      await payer.call('GET', '/v1/contracts?user_id=user-1003', undefined, {
        authorization: `Bearer ${key}`,
      }),
    ).toMatchObject({ contracts: [{ state: 'active' }] })
  })
  test("for another user on a wallet with a merchant's user_id is a conflict, and signing stops", async () => {
    const payer = await world.payer()
    await payer.call('POST', '/api/tickets', { ticket: await world.ticket('user-1004') })
    await payer.signIn()
    await payer.answer(true)
    await payer.call('POST', '/api/tickets', { ticket: await world.ticket('user-1005') })
    expect(await payer.session()).toMatchObject({ account_conflict: true, pending_account: null })
    expect(await refusal(payer.start(plan.vending))).toBe('account_conflict')
    await payer.answer(false)
    expect((await payer.sign(plan.vending)).state).toBe('succeeded')
  })
  test('of the same user asks nothing', async () => {
    const payer = await world.payer()
    await payer.call('POST', '/api/tickets', { ticket: await world.ticket('user-1006') })
    await payer.signIn()
    await payer.answer(true)
    await payer.call('POST', '/api/tickets', { ticket: await world.ticket('user-1006', '李四') })
    expect(await payer.session()).toMatchObject({
      account: { display_name: '李四' },
      pending_account: null,
      account_conflict: false,
    })
  })
  test('works once', async () => {
    const payer = await world.payer()
    const ticket = await world.ticket('user-1007')
    await payer.call('POST', '/api/tickets', { ticket })
    expect(await refusal((await world.payer()).call('POST', '/api/tickets', { ticket }))).toBe(
      'ticket_replayed',
    )
  })
  test('that is old, changed, or signed with another secret is refused', async () => {
    const payer = await world.payer()
    const hourAgo = { now: () => new Date(Date.now() - 3_600_000) }
    expect(
      await refusal(
        payer.call('POST', '/api/tickets', {
          ticket: await world.ticket('user-1008', null, hourAgo),
        }),
      ),
    ).toBe('ticket_expired')
    const [head, body, tail] = (await world.ticket('user-1008')).split('.') as [
      string,
      string,
      string,
    ]
    const forged = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), sub: 'user-1' }),
    ).toString('base64url')
    expect(
      await refusal(payer.call('POST', '/api/tickets', { ticket: `${head}.${forged}.${tail}` })),
    ).toBe('ticket_invalid')
    const none = Buffer.from('{"alg":"none"}').toString('base64url')
    expect(await refusal(payer.call('POST', '/api/tickets', { ticket: `${none}.${body}.` }))).toBe(
      'ticket_invalid',
    )
  })
})

test('no code, ticket or open_id ever reaches the log', async () => {
  const payer = await world.payer()
  const ticket = await world.ticket('user-2001', '王五')
  await payer.call('POST', '/api/tickets', { ticket })
  const query = await payer.authorize()
  await payer.call('POST', '/api/sign-in/return', { query })
  const code = decodeURIComponent(/code=([^&]*)/.exec(query)?.[1] ?? '')
  await fetch(`${world.url}/return/sign-in?${query}`)
  await fetch(`${world.url}/?ticket=${ticket}`)
  const { rows } = await world.database.pool.query<{ open_id_sealed: string }>(
    'select open_id_sealed from wallets',
  )
  const secrets = [
    code,
    encodeURIComponent(code),
    ticket,
    ...rows.map((row: { open_id_sealed: string }) =>
      world.app.contracts.cipher.open(row.open_id_sealed),
    ),
  ]
  const log = world.log.join('')
  for (const secret of secrets) expect(log.includes(secret)).toBe(false)
  expect(log).toContain('/api/sign-in/return')
})
