import { afterAll, beforeAll, expect, test } from 'vitest'
import type { User } from '../../sandbox/wallet/users.ts'
import { createCaller, retailPlan, type Caller } from '../support/open-platform-caller.ts'
import { startSandbox, type RunningSandbox } from '../support/sandbox.ts'

let sandbox: RunningSandbox
let merchant: Caller
let user: User
beforeAll(async () => {
  sandbox = await startSandbox()
  merchant = createCaller(sandbox.url, sandbox.control)
  user = (await sandbox.control.users())[0] as User
  await merchant.refresh()
})
afterAll(() => sandbox.stop())

test('a code is exchanged for the openId and an accessToken of its scope', async () => {
  const answer = await merchant.exchange(
    await sandbox.control.code(user.user_id, 'upapi_contract', retailPlan),
  )
  expect(answer).toMatchObject({
    resp: '00',
    params: {
      openId: user.open_id,
      unionId: user.union_id,
      scope: 'upapi_contract',
      expiresIn: 3600,
    },
  })
  expect(answer.params.accessToken).toMatch(/^[0-9A-Za-z+/=]{96}$/)
  expect(answer.params.openId).toMatch(/^[0-9A-Za-z+/]{64}$/)
  expect(answer.params.unionId).toMatch(/^[0-9a-f]{64}$/)
})

test("the openId of a user stays the same, and differs from other users'", async () => {
  const openIdOf = async (user_id: string) =>
    (await merchant.exchange(await sandbox.control.code(user_id, 'upapi_base'))).params.openId
  expect(await openIdOf(user.user_id)).toBe(await openIdOf(user.user_id))
  const other = await sandbox.control.addUser({ name: '赵敏' })
  expect(await openIdOf(other.user_id)).not.toBe(user.open_id)
})

test('a code works once', async () => {
  const code = await sandbox.control.code(user.user_id, 'upapi_base')
  expect((await merchant.exchange(code)).resp).toBe('00')
  expect((await merchant.exchange(code)).resp).toBe('a31')
})

test('a code expires after its lifetime', async () => {
  const code = await sandbox.control.code(user.user_id, 'upapi_base')
  await sandbox.control.advance(300_000)
  expect((await merchant.exchange(code)).resp).toBe('a31')
})

test('codes are Base64 of 16 bytes, and most hold + or /', async () => {
  const codes = []
  for (let at = 0; at < 200; at += 1)
    codes.push(await sandbox.control.code(user.user_id, 'upapi_base'))
  for (const code of codes) expect(code).toMatch(/^[0-9A-Za-z+/]{22}==$/)
  expect(codes.filter((code) => /[+/]/.test(code)).length).toBeGreaterThan(100)
})

test.each([
  ['never decoded', (code: string) => encodeURIComponent(code)],
  ['decoded as a form, so that + became a blank', (code: string) => code.replace(/[+/]/, ' ')],
])('a code that was %s is a31, with the reason', async (_what, spoil) => {
  const answer = await merchant.exchange(spoil('abcdefgh+jklmnopqrstuv=='))
  expect(answer.resp).toBe('a31')
  expect(answer.msg).toContain('code')
})

test('an invalid backendToken leaves the code unused', async () => {
  const code = await sandbox.control.code(user.user_id, 'upapi_base')
  const refused = await merchant.call('token', {
    appId: merchant.appId,
    backendToken: 'AAAAAAAAAAAAAAAAAAAAAA==',
    code,
    grantType: 'authorization_code',
  })
  expect(refused.resp).toBe('a10')
  expect((await merchant.exchange(code)).resp).toBe('00')
})

test('a cancelled wallet account is 3023', async () => {
  const gone = await sandbox.control.addUser({ name: '孙立' })
  const code = await sandbox.control.code(gone.user_id, 'upapi_base')
  await sandbox.control.changeUser(gone.user_id, { registered: false })
  expect((await merchant.exchange(code)).resp).toBe('3023')
})
