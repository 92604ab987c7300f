import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { interfaces } from '../../sandbox/open-platform/interfaces/index.ts'
import { createCaller, retailPlan, type Caller } from '../support/open-platform-caller.ts'
import { startSandbox, type RunningSandbox } from '../support/sandbox.ts'

let sandbox: RunningSandbox
let merchant: Caller
beforeAll(async () => {
  sandbox = await startSandbox()
  merchant = createCaller(sandbox.url, sandbox.control)
})
afterAll(() => sandbox.stop())

/**
 * The rows of the code table that this test repeats independently: [missing, of wrong form,
 * over-long].
 */
const codes: Record<string, [string, string, string]> = {
  appId: ['N62100', 'N62100', 'N62100'],
  backendToken: ['N62101', 'N62101', 'N62101'],
  signature: ['N62104', 'N62104', 'N62104'],
  grantType: ['N62106', 'N62106', 'N62106'],
  nonceStr: ['N62107', 'N62107', 'N62107'],
  timestamp: ['N62108', 'N62108', 'N60024'],
  accessToken: ['N62109', 'N62109', 'N62109'],
  openId: ['N62110', 'N62110', 'N62110'],
  code: ['N62112', 'a31', 'N62112'],
  contractCode: ['N62113', 'SG0001', 'SG0001'],
  planId: ['N62114', 'SG0001', 'SG0001'],
  contractId: ['N62115', 'SG0001', 'SG0001'],
}
const fitting: Record<string, string> = {
  appId: '5ab0c0de5ab0c0de5ab0c0de5ab0c0de',
  backendToken: 'AAAAAAAAAAAAAAAAAAAAAA==',
  signature: 'a'.repeat(64),
  grantType: 'authorization_code',
  nonceStr: 'abc123',
  timestamp: '1700000000',
  accessToken: 'AAAA',
  openId: 'BBBB',
  code: 'AAAAAAAAAAAAAAAAAAAAAA==',
  contractCode: 'C1',
  planId: retailPlan,
  contractId: '6218412345678901234',
}
const tooLong: Record<string, string> = {
  appId: 'a'.repeat(33),
  backendToken: 'a'.repeat(25),
  signature: 'a'.repeat(65),
  grantType: 'authorization_codes',
  nonceStr: 'a'.repeat(33),
  timestamp: '17000000001',
  accessToken: 'a'.repeat(257),
  openId: 'a'.repeat(65),
  code: 'a'.repeat(25),
  contractCode: 'a'.repeat(33),
  planId: 'a'.repeat(33),
  contractId: '1'.repeat(33),
}
const required: Record<string, string[]> = {
  backendToken: ['appId', 'nonceStr', 'timestamp', 'signature'],
  frontToken: ['appId', 'nonceStr', 'timestamp', 'signature'],
  token: ['appId', 'backendToken', 'code', 'grantType'],
  'contract.apply': ['appId', 'backendToken', 'accessToken', 'openId', 'planId', 'contractCode'],
  'contract.relieve': ['appId', 'backendToken', 'openId', 'planId', 'contractId', 'contractCode'],
  'contract.info': ['appId', 'backendToken', 'openId', 'planId'],
  'contract.status': ['appId', 'backendToken', 'openId'],
}

test('the sandbox has every interface of the protocol, and no other', () => {
  expect([...interfaces.keys()].toSorted()).toEqual(Object.keys(required).toSorted())
})

describe.each(Object.entries(required))('%s', (name, fields) => {
  const whole = Object.fromEntries(fields.map((field) => [field, fitting[field]]))
  const refusal = async (field: string, value: unknown) =>
    merchant.call(name, { ...whole, [field]: value })

  test.each(fields)('a request without %s is refused by name', async (field) => {
    for (const nothing of [undefined, null, '']) {
      const answer = await refusal(field, nothing)
      expect(answer.resp).toBe(codes[field]?.[0])
      expect(answer.msg).toContain(field)
      expect(answer.msg).toContain(`[${answer.resp}]`)
      expect(answer.params).toEqual({})
    }
  })

  test.each(fields)('a %s of a wrong form is refused by name', async (field) => {
    for (const wrong of ['a b%', ['a'], {}]) {
      const answer = await refusal(field, wrong)
      expect(answer.resp).toBe(codes[field]?.[1])
      expect(answer.msg).toContain(field)
    }
  })

  test.each(fields)('an over-long %s is refused by name', async (field) => {
    const answer = await refusal(field, tooLong[field])
    // a longer constant is another constant: its form is wrong before its length is
    expect(answer.resp).toBe(codes[field]?.[2])
    expect(answer.msg).toContain(field)
  })
})

test('the snake-case spellings of 2018 do not replace the camel-case ones', async () => {
  const answer = await merchant.call('contract.info', {
    appId: fitting.appId,
    backendToken: fitting.backendToken,
    openId: 'BBBB',
    plan_id: retailPlan,
  })
  expect(answer.resp).toBe('N62114')
})

test('unknown fields are ignored', async () => {
  const answer = await merchant.call('contract.status', {
    appId: fitting.appId,
    backendToken: fitting.backendToken,
    openId: 'BBBB',
    extra: { deep: 1 },
  })
  expect(answer.resp).toBe('a10')
})

test.each([
  ['no JSON', '{"appId":'],
  ['a list', '[]'],
  ['a text', '"x"'],
  ['nothing', ''],
])('a body that is %s is refused', async (_what, body) => {
  const answer = await fetch(`${sandbox.url}/open/access/1.0/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  expect(await answer.json()).toMatchObject({ resp: 'SG0001' })
})

test('a form instead of JSON is refused', async () => {
  const answer = await fetch(`${sandbox.url}/open/access/1.0/token`, {
    method: 'POST',
    body: new URLSearchParams({ appId: 'x' }),
  })
  expect(await answer.json()).toMatchObject({ resp: 'SG0001' })
})

test('an unknown interface is an HTML page with 404, and so is a GET', async () => {
  const asked = [
    await merchant.send('contract.pay', {}),
    await fetch(`${sandbox.url}/open/access/1.0/token`),
  ]
  for (const answer of asked) {
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-type')).toContain('text/html')
  }
})

test('a body of 1 MB is refused and the sandbox stays up', async () => {
  const answer = await merchant.send('token', { code: 'x'.repeat(1_000_000) })
  expect(answer.status).toBe(413)
  expect((await fetch(`${sandbox.url}/health/ready`)).status).toBe(200)
})
