import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { User } from '../../sandbox/wallet/users.ts'
import { startNoticeReceiver } from '../support/notice-receiver.ts'
import {
  createCaller,
  metroPlan,
  retailPlan,
  type Caller,
} from '../support/open-platform-caller.ts'
import { startSandbox, type RunningSandbox } from '../support/sandbox.ts'
import { until } from '../support/until.ts'
import { verifyNotice } from '../support/verify-notice.ts'

let sandbox: RunningSandbox
let merchant: Caller
let shop: Awaited<ReturnType<typeof startNoticeReceiver>>
let user: User
let key: string
beforeAll(async () => {
  sandbox = await startSandbox()
  merchant = createCaller(sandbox.url, sandbox.control)
  key = await sandbox.control.noticeKey()
})
beforeEach(async () => {
  await sandbox.control.reset()
  shop = await startNoticeReceiver()
  await sandbox.control.change({ notice_url: shop.url })
  await merchant.refresh()
  user = (await sandbox.control.users())[0] as User
})
afterEach(() => shop.stop())
afterAll(() => sandbox.stop())

const signAndEnd = async (): Promise<string> => {
  const { contract_id } = await merchant.sign(user.user_id)
  await sandbox.control.terminate(contract_id)
  return contract_id
}
const settled = (state: string) =>
  until(`the notice is ${state}`, async () =>
    (await sandbox.control.notices()).find((one) => one.state === state),
  )
const tried = (count: number) =>
  until(
    `${count} attempts are noted`,
    async () => ((await sandbox.control.notices())[0]?.attempts.length ?? 0) >= count,
  )

test.each(['get', 'form'] as const)(
  'a termination in the wallet is notified as a signed %s with the newer fields',
  async (notice_transport) => {
    await sandbox.control.change({ notice_transport })
    const contract_id = await signAndEnd()
    await shop.arrived(1)
    const [notice] = shop.received
    expect(notice?.method).toBe(notice_transport === 'get' ? 'GET' : 'POST')
    const { valid, fields } = verifyNotice(notice?.raw ?? '', key)
    expect(valid).toBe(true)
    expect(Object.keys(fields).toSorted()).toEqual([
      'appId',
      'contractId',
      'nonceStr',
      'openId',
      'operateTime',
      'signature',
      'timestamp',
    ])
    expect(fields).toMatchObject({
      appId: merchant.appId,
      openId: user.open_id,
      contractId: contract_id,
    })
    expect(fields.operateTime).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/)
    expect((await settled('acknowledged')).attempts).toHaveLength(1)
  },
)

test.each([
  ['get', 'literal', [], 'null'],
  ['form', 'literal', [], 'null'],
  ['get', 'empty', ['contractCode'], ''],
  ['form', 'empty', ['contractCode'], ''],
  ['get', 'missing', ['contractCode'], undefined],
  ['form', 'missing', ['contractCode'], undefined],
] as const)(
  'older fields by %s: contractCode is null, arrives %s, is signed as null',
  async (notice_transport, notice_null, nulls, arrives) => {
    await sandbox.control.change({ notice_transport, notice_null, notice_generation: 'old' })
    await signAndEnd()
    await shop.arrived(1)
    const { valid, fields } = verifyNotice(shop.received[0]?.raw ?? '', key, [...nulls])
    expect(valid).toBe(true)
    expect(fields.contractCode).toBe(arrives)
    expect(fields).toMatchObject({ planId: retailPlan, trid: expect.stringMatching(/^\d{11}$/) })
    expect(fields.contractId).toBeUndefined()
  },
)

test('a query writes a blank as %20 and a form body as +', async () => {
  await signAndEnd()
  await shop.arrived(1)
  expect(shop.received[0]?.raw).toMatch(/operateTime=[\d-]+%20/)
  await sandbox.control.change({ notice_transport: 'form' })
  await signAndEnd()
  await shop.arrived(2)
  expect(shop.received[1]?.raw).toMatch(/operateTime=[\d-]+\+/)
})

test.each([
  [500, '{"resp":"00"}'],
  [200, 'OK'],
  [200, '{"resp":"01"}'],
])(
  'an answer %i %s does not acknowledge: the notice is sent again with a new signature',
  async (status, body) => {
    shop.answer(status, body)
    await signAndEnd()
    await tried(1)
    shop.answer(200, '{"resp":"00"}')
    await sandbox.control.advance(15_000)
    await settled('acknowledged')
    expect(shop.received).toHaveLength(2)
    const [first, second] = shop.received.map((one) => verifyNotice(one.raw, key))
    expect([first?.valid, second?.valid]).toEqual([true, true])
    expect(second?.fields.nonceStr).not.toBe(first?.fields.nonceStr)
    expect(second?.fields.operateTime).toBe(first?.fields.operateTime)
  },
)

test('a notice that is never acknowledged is given up after eight attempts', async () => {
  shop.answer(503, '')
  await signAndEnd()
  for (let attempt = 1; attempt <= 8; attempt += 1) {
    await tried(attempt)
    await sandbox.control.advance(46_800_000)
  }
  expect((await settled('given_up')).attempts).toHaveLength(8)
})

test('twice: the same termination is notified a second time after it was acknowledged', async () => {
  await sandbox.control.change({ notice_timing: 'twice' })
  await signAndEnd()
  await settled('acknowledged')
  expect(shop.received).toHaveLength(2)
})

test('late: nothing is sent until the sandbox clock reaches the time', async () => {
  await sandbox.control.change({ notice_timing: 'late', notice_late_ms: 3_600_000 })
  await signAndEnd()
  await sandbox.control.advance(3_500_000)
  expect((await sandbox.control.notices())[0]).toMatchObject({ state: 'waiting', attempts: [] })
  await sandbox.control.advance(100_000)
  await shop.arrived(1)
})

test('never: the notice is withheld and never sent later', async () => {
  await sandbox.control.change({ notice_timing: 'never' })
  await signAndEnd()
  await sandbox.control.advance(30 * 86_400_000)
  expect((await sandbox.control.notices())[0]).toMatchObject({
    state: 'withheld',
    next_attempt_at: null,
  })
  expect(shop.received).toEqual([])
})

test('a relieve by the merchant is notified only by switch', async () => {
  const relieve = async () => {
    const { contract_id } = await merchant.sign(user.user_id)
    return merchant.ask('contract.relieve', {
      openId: user.open_id,
      planId: retailPlan,
      contractId: contract_id,
      contractCode: 'C1',
    })
  }
  await relieve()
  expect(await sandbox.control.notices()).toEqual([])
  await sandbox.control.change({ notice_on_relieve: true })
  await relieve()
  await shop.arrived(1)
})

test('a contract of an offline scene cannot be ended by the user, except by force', async () => {
  const { contract_id } = await merchant.sign(user.user_id, metroPlan)
  await expect(sandbox.control.terminate(contract_id)).rejects.toThrow('脱机场景只能在商户处解约')
  await sandbox.control.terminate(contract_id, { force: true })
  await shop.arrived(1)
})

test.each([
  ['good', true],
  ['bad', false],
  ['foreign_key', false],
] as const)('a probe signed %s is valid: %s', async (signature, expected) => {
  const contract_id = await signAndEnd()
  await settled('acknowledged')
  const answer = await sandbox.control.probe({ contract_id, signature })
  expect(answer).toMatchObject({ status: 200, body: '{"resp":"00"}' })
  expect(verifyNotice(answer.query, key).valid).toBe(expected)
  expect(shop.received.at(-1)?.raw).toBe(answer.query)
})

test('a probe can omit its signature, name another app or time, and repeat a parameter', async () => {
  const contract_id = await signAndEnd()
  expect((await sandbox.control.probe({ contract_id, signature: 'missing' })).query).not.toContain(
    'signature',
  )
  const other = await sandbox.control.probe({
    contract_id,
    override: { appId: 'another', operateTime: '2020-01-01 00:00:00' },
  })
  expect(verifyNotice(other.query, key)).toMatchObject({
    valid: true,
    fields: { appId: 'another', operateTime: '2020-01-01 00:00:00' },
  })
  const twice = await sandbox.control.probe({ contract_id, repeat_parameter: 'openId' })
  expect(twice.query.match(/openId=/g)).toHaveLength(2)
})

test('a probe with free fields retains Chinese text and a null', async () => {
  const answer = await sandbox.control.probe({
    fields: { openId: 'a+b/c=', note: '中文 空格', planId: '', contractCode: null },
    transport: 'form',
  })
  expect(verifyNotice(answer.query, key)).toEqual({
    valid: true,
    fields: {
      openId: 'a+b/c=',
      note: '中文 空格',
      planId: '',
      contractCode: 'null',
      signature: expect.any(String),
    },
  })
})

test('an unreachable merchant is a recorded failure, not a crash', async () => {
  await sandbox.control.change({ notice_url: 'http://localhost:1/nobody' })
  await signAndEnd()
  await tried(1)
  expect((await sandbox.control.notices())[0]?.attempts[0]).toMatchObject({
    status: null,
    acknowledged: false,
  })
})
