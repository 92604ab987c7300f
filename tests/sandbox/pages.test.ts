import { afterAll, beforeAll, expect, test } from 'vitest'
import { sandboxApp } from '../../sandbox/settings.ts'
import {
  createCaller,
  fuelPlan,
  metroPlan,
  retailPlan,
  type Caller,
} from '../support/open-platform-caller.ts'
import { startSandbox, type RunningSandbox } from '../support/sandbox.ts'

let sandbox: RunningSandbox
let merchant: Caller
beforeAll(async () => {
  sandbox = await startSandbox()
  merchant = createCaller(sandbox.url, sandbox.control)
  await merchant.refresh()
})
afterAll(() => sandbox.stop())

type Page = Record<string, unknown> & {
  ok?: boolean
  redirect?: string | null
  errorcode?: string
  problem?: string
  page?: Record<string, unknown>
}

const back = 'http://localhost:4600/return/signing'
const queryOf = (change: Record<string, string | null> = {}): string =>
  Object.entries({
    appId: sandboxApp.app_id,
    redirectUri: back,
    responseType: 'code',
    scope: 'upapi_contract',
    planId: retailPlan,
    state: 'Abc123',
    ...change,
  })
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
const get = async (path: string, headers: Record<string, string> = {}): Promise<Page> =>
  (await (await fetch(`${sandbox.url}/_pages${path}`, { headers })).json()) as Page
const post = async (
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Page> =>
  (await (
    await fetch(`${sandbox.url}/_pages${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  ).json()) as Page
const as = (user_id: string) => ({ cookie: `sandbox_wallet=${user_id}` })
const signIn = queryOf({ scope: 'upapi_base', planId: null })

test('the silent authorization returns with a code and the state', async () => {
  const { ok, redirect } = await get(`/authorization?${signIn}`)
  expect(ok).toBe(true)
  const url = new URL(redirect ?? '')
  expect(url.origin + url.pathname).toBe(back)
  expect(url.searchParams.get('state')).toBe('Abc123')
  const answer = await merchant.exchange(
    decodeURIComponent(/code=([^&]*)/.exec(url.search)?.[1] ?? ''),
  )
  expect(answer.params).toMatchObject({
    openId: (await sandbox.control.users())[0]?.open_id,
    scope: 'upapi_base',
  })
})

test('the cookie determines whose wallet it is', async () => {
  const { redirect } = await get(`/authorization?${signIn}`, as('wallet-2'))
  const code = decodeURIComponent(/code=([^&]*)/.exec(redirect ?? '')?.[1] ?? '')
  expect((await merchant.exchange(code)).params.openId).toBe(
    (await sandbox.control.users())[1]?.open_id,
  )
})

test.each([
  ['an unknown app', { appId: 'f'.repeat(32) }, 'N62126', false],
  [
    'a domain that is not registered',
    { redirectUri: 'http://evil.example/return' },
    'N62132',
    false,
  ],
  ['no address', { redirectUri: null }, 'N62132', false],
  ['a script as the address', { redirectUri: 'javascript:alert(1)' }, 'N62132', false],
  ['another responseType', { responseType: 'token' }, 'N62105', true],
  ['no scope', { scope: null }, 'N62103', true],
  ['a scope of another page', { scope: 'upapi_contract' }, 'N62197', true],
  ['a state with a blank', { state: 'a b' }, 'SG0001', true],
  ['a state of 129 characters', { state: 'a'.repeat(129) }, 'SG0001', true],
] as const)('authorization with %s is refused', async (_what, change, errorcode, goesBack) => {
  const answer = await get(
    `/authorization?${queryOf({ scope: 'upapi_base', planId: null, ...change })}`,
  )
  expect(answer).toMatchObject({ ok: false, errorcode })
  if (!goesBack) return expect(answer.redirect).toBeNull()
  const url = new URL(answer.redirect ?? '')
  expect(url.searchParams.get('errorcode')).toBe(errorcode)
  expect(url.searchParams.get('errmsg')).toContain(errorcode)
  return expect(url.searchParams.has('code')).toBe(false)
})

test('outLogin.html grants the log-in scopes only, oauth.html only the others', async () => {
  const from = (page: string) => ({ referer: `${sandbox.url}/s/open/${page}?x=1` })
  const outside = queryOf({ scope: 'upapi_login', planId: null })
  expect((await get(`/authorization?${outside}`, from('auth/outApp/html/outLogin.html'))).ok).toBe(
    true,
  )
  expect(
    (await get(`/authorization?${signIn}`, from('auth/outApp/html/outLogin.html'))).errorcode,
  ).toBe('N62197')
  expect((await get(`/authorization?${outside}`, from('html/oauth.html'))).errorcode).toBe('N62197')
})

test('the signing page shows payee, content, limits and the required checks', async () => {
  expect((await get(`/signing?${queryOf({ planId: fuelPlan })}`)).page).toMatchObject({
    payee: '青禾石化',
    title: '无感加油',
    single_limit_fen: 80_000,
    daily_limit_fen: 160_000,
    scenario: '车主服务',
    needs_mobile: true,
    needs_identity: true,
    needs_credit_card: true,
    has_credit_card: true,
    mobile_masked: '138****0001',
    name_masked: '*小青',
    already_signed: false,
  })
})

test('an unknown or missing plan and another scope are refused', async () => {
  expect((await get(`/signing?${queryOf({ planId: 'f'.repeat(32) })}`)).errorcode).toBe('BC2133')
  expect((await get(`/signing?${queryOf({ planId: null })}`)).errorcode).toBe('N62114')
  expect((await get(`/signing?${queryOf({ scope: 'upapi_base' })}`)).errorcode).toBe('N62197')
})

test('agreeing gives a code that signs; a user who is already signed is informed and gets a code that a40 answers', async () => {
  const user = await sandbox.control.addUser({ name: '褚亮' })
  const agree = async () => {
    const { redirect } = await post(
      '/signing/decision',
      { query: queryOf(), decision: 'agree' },
      as(user.user_id),
    )
    const { openId, accessToken } = (
      await merchant.exchange(decodeURIComponent(/code=([^&]*)/.exec(redirect ?? '')?.[1] ?? ''))
    ).params
    return merchant.ask('contract.apply', {
      openId,
      accessToken,
      planId: retailPlan,
      contractCode: 'C1',
    })
  }
  expect((await agree()).resp).toBe('00')
  expect((await get(`/signing?${queryOf()}`, as(user.user_id))).page?.already_signed).toBe(true)
  expect((await agree()).resp).toBe('a40')
})

test('refusing returns with an error, or with nothing by switch; a failed page returns with an error', async () => {
  const decide = async (decision: string) =>
    new URL((await post('/signing/decision', { query: queryOf(), decision })).redirect ?? '')
  const refused = await decide('refuse')
  expect(Object.fromEntries(refused.searchParams)).toMatchObject({
    state: 'Abc123',
    errorcode: expect.any(String),
    errmsg: expect.any(String),
  })
  expect((await decide('network_error')).searchParams.get('errorcode')).toBe('NG4000')
  await sandbox.control.change({ refuse_returns: 'nothing' })
  expect((await decide('refuse')).href).toBe(back)
  await sandbox.control.change({ refuse_returns: 'error' })
})

test('a switch returns the code raw, another omits the state', async () => {
  await sandbox.control.change({ code_encoding: 'raw', return_state: false })
  expect((await get(`/authorization?${signIn}`)).redirect).toMatch(/\?code=[0-9A-Za-z+/]{22}==$/)
  await sandbox.control.change({ code_encoding: 'encoded', return_state: true })
  expect((await get(`/authorization?${signIn}`)).redirect).toMatch(
    /\?code=([0-9A-Za-z]|%2B|%2F)+%3D%3D&state=Abc123$/,
  )
})

test('mobile code and identity number are checked, wrong ones fail visibly', async () => {
  const query = queryOf({ planId: fuelPlan })
  const { mobile_code } = (await get(`/signing?${query}`)).page ?? {}
  expect(mobile_code).toMatch(/^\d{6}$/)
  const wrong = mobile_code === '000000' ? '000001' : '000000'
  const agree = (answers: Record<string, unknown>) =>
    post('/signing/decision', { query, decision: 'agree', ...answers })
  expect(await agree({ mobile_code: wrong, identity_last4: '2018' })).toMatchObject({
    ok: false,
    problem: 'mobile_code_wrong',
  })
  expect(await agree({ mobile_code, identity_last4: '9999' })).toMatchObject({
    ok: false,
    problem: 'identity_wrong',
  })
  expect((await agree({ mobile_code, identity_last4: '2018' })).redirect).toContain('code=')
})

test('a plan that requires a credit card gives no code to a wallet without one', async () => {
  const answer = await post(
    '/signing/decision',
    { query: queryOf({ planId: fuelPlan }), decision: 'agree' },
    as('wallet-2'),
  )
  expect(answer).toMatchObject({ ok: false, problem: 'no_credit_card' })
  expect(answer.redirect).toBeUndefined()
})

test('the wallet lists its own contracts and ends them, but not those of an offline scene or of others', async () => {
  const user = await sandbox.control.addUser({ name: '卫真' })
  const retail = await merchant.sign(user.user_id, retailPlan)
  const metro = await merchant.sign(user.user_id, metroPlan)
  const wallet = (await get('/wallet', as(user.user_id))) as unknown as {
    contracts: { contract_id: string; user_may_terminate: boolean }[]
  }
  expect(wallet.contracts.map((one) => [one.contract_id, one.user_may_terminate])).toEqual([
    [metro.contract_id, false],
    [retail.contract_id, true],
  ])
  const end = (contract_id: string, who: string) =>
    post('/wallet/terminate', { contract_id }, as(who))
  expect(await end(metro.contract_id, user.user_id)).toMatchObject({
    ok: false,
    problem: 'offline_plan',
    message: '脱机场景只能在商户处解约',
  })
  expect(await end(retail.contract_id, 'wallet-1')).toMatchObject({ ok: false, problem: 'unknown' })
  expect(await end(retail.contract_id, user.user_id)).toMatchObject({ ok: true })
  expect(await end(retail.contract_id, user.user_id)).toMatchObject({
    ok: false,
    problem: 'not_signed',
  })
})

test('choosing a user sets the cookie of the wallet', async () => {
  const answer = await fetch(`${sandbox.url}/_pages/wallet/user`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"user_id":"wallet-3"}',
  })
  expect(answer.headers.get('set-cookie')).toMatch(/^sandbox_wallet=wallet-3;.*HttpOnly/)
})

test('a page that is not built yet is answered with a sentence and 503', async () => {
  const bare = await startSandbox({ pages_dir: '/nonexistent' })
  const answer = await fetch(`${bare.url}/`)
  expect(answer.status).toBe(503)
  expect(await answer.text()).toContain('not built')
  await bare.stop()
})
