import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCaller, type Caller } from '../support/open-platform-caller.ts'
import { startSandbox, type RunningSandbox } from '../support/sandbox.ts'

let sandbox: RunningSandbox
let merchant: Caller
beforeAll(async () => {
  sandbox = await startSandbox()
  merchant = createCaller(sandbox.url, sandbox.control)
})
afterAll(() => sandbox.stop())

const url = 'http://localhost:4600/?from=wallet'
const signed = async (change: Record<string, string> = {}) => {
  const { frontToken = '' } = (await merchant.askToken('frontToken')).params
  const members = {
    appId: merchant.appId,
    frontToken,
    nonceStr: 'Wm3WZYTPz0wzccnW',
    timestamp: await merchant.seconds(),
    url,
    ...change,
  }
  const text = `appId=${members.appId}&frontToken=${members.frontToken}&nonceStr=${members.nonceStr}&timestamp=${members.timestamp}&url=${members.url}`
  const { frontToken: _kept, ...rest } = members
  return { ...rest, signature: createHash('sha256').update(text).digest('hex') }
}
const config = async (body: Record<string, unknown>) =>
  (await (
    await fetch(`${sandbox.url}/_pages/bridge/config`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  ).json()) as {
    ok: boolean
    errcode?: string
    errmsg?: string
    jsApiList?: { plugin: string; actions: string[] }[]
  }

test('a page signed with the valid frontToken is admitted and receives its plug-ins', async () => {
  const answer = await config(await signed())
  expect(answer.ok).toBe(true)
  expect(answer.jsApiList).toContainEqual({ plugin: 'UPWebClosePage', actions: ['closeWebApp'] })
})

test('the part after # does not belong to the signed address', async () => {
  const body = await signed()
  expect((await config({ ...body, url: `${body.url}#/plans` })).ok).toBe(true)
})

test.each([
  ['another address than the signed one', { url: 'http://localhost:4600/' }, 'N60025'],
  ['a domain that is not registered', { url: 'http://evil.example/' }, 'BC0024'],
  ['an unknown app', { appId: 'f'.repeat(32) }, 'N62126'],
  ['no signature', { signature: '' }, 'N62104'],
  ['no nonceStr', { nonceStr: undefined }, 'N62107'],
])('config with %s is refused', async (_what, change, errcode) => {
  expect(await config({ ...(await signed()), ...change })).toMatchObject({ ok: false, errcode })
})

test('a signature made with a frontToken that was replaced is refused', async () => {
  const body = await signed()
  await merchant.askToken('frontToken')
  expect(await config(body)).toMatchObject({ ok: false, errcode: 'N60025' })
})

test('config without a valid frontToken is a20; six minutes late it is BC0024', async () => {
  const body = await signed()
  await sandbox.control.advance(360_000)
  expect(await config(body)).toMatchObject({ ok: false, errcode: 'BC0024' })
  await sandbox.control.advance(7_200_000)
  expect(await config({ ...body, timestamp: await merchant.seconds() })).toMatchObject({
    ok: false,
    errcode: 'a20',
  })
})

test('appletAuth gives a silent code for the user of this wallet', async () => {
  await merchant.refresh()
  const answer = await fetch(`${sandbox.url}/_pages/bridge/applet-auth`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: 'sandbox_wallet=wallet-3' },
    body: JSON.stringify({ appId: merchant.appId }),
  })
  const { code } = (await answer.json()) as { code: string }
  expect((await merchant.exchange(code)).params).toMatchObject({
    scope: 'upapi_base',
    openId: (await sandbox.control.users())[2]?.open_id,
  })
})

test('rules of bridge methods survive a restart, and malformed ones are refused', async () => {
  await sandbox.control.setBridge({
    closeWebApp: { outcome: 'silent' },
    config: { outcome: 'fail', shape: 'msg_json', delay_ms: 20 },
  })
  await expect(sandbox.control.setBridge({ closeWebApp: { outcome: 'explode' } })).rejects.toThrow(
    'HTTP 400',
  )
  await sandbox.restart()
  expect(await (await fetch(`${sandbox.url}/_control/bridge`)).json()).toEqual({
    personality: 'android',
    admission: 'either',
    applet_auth: 'answers',
    rules: {
      closeWebApp: { outcome: 'silent' },
      config: { outcome: 'fail', shape: 'msg_json', delay_ms: 20 },
    },
  })
})
