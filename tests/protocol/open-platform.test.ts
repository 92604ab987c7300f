import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { realClock } from '../../server/kernel/clock.ts'
import { newAlphanumeric, newId } from '../../server/kernel/ids.ts'
import { operations } from '../../server/unionpay/operations/index.ts'
import type { Operation } from '../../server/unionpay/operation.ts'
import type { CallOutcome } from '../../server/unionpay/call-outcome.ts'
import { createBareCall } from '../../server/unionpay/platform.ts'
import { tokenSignature } from '../../server/unionpay/signature.ts'
import { createTransport, type Transport } from '../../server/unionpay/transport.ts'
import { interfaces } from '../../sandbox/open-platform/interfaces/index.ts'
import { startSandbox, type RunningSandbox } from '../support/sandbox.ts'
import { timeLimit } from '../support/time-limits.ts'

/**
 * Every operation of the open platform against the sandbox's independent implementation: both must
 * agree.
 */

const plan_id = 'a1f0c3d2e4b5968778695a4b3c2d1e04'
let sandbox: RunningSandbox
let transport: Transport
beforeAll(async () => {
  sandbox = await startSandbox()
  transport = createTransport({
    base_url: sandbox.url,
    answer_timeout_ms: timeLimit(5_000),
    connections: 4,
  })
})
afterAll(async () => {
  await transport.close()
  await sandbox.stop()
})

const random = (size: number): Buffer => randomBytes(size)

/** Sends an operation with the given members added, as the server's own client does. */
async function call<Input, Value>(
  operation: Operation<Input, Value>,
  input: Input,
  token?: string,
): Promise<CallOutcome<Value>> {
  const carried: Operation<Input, Value> = token
    ? { ...operation, body: (given) => ({ backendToken: token, ...operation.body(given) }) }
    : operation
  return createBareCall(
    transport,
    sandbox.settings.app_id,
    () => {},
    () => 0,
  )(carried, input)
}

const done = <Value>(outcome: CallOutcome<Value>): Value => {
  if (outcome.kind !== 'done') throw new Error(`not done: ${JSON.stringify(outcome)}`)
  return outcome.value
}

function signedRequest() {
  const members = {
    appId: sandbox.settings.app_id,
    nonceStr: newAlphanumeric(16, random),
    timestamp: String(Math.floor(realClock.now().getTime() / 1000)),
  }
  return {
    nonce_str: members.nonceStr,
    timestamp: members.timestamp,
    signature: tokenSignature({ ...members, secret: sandbox.settings.app_secret }),
  }
}

const tokenOf = async (): Promise<string> =>
  done(await call(operations.backendToken, signedRequest())).token
async function signer() {
  const { user_id } = await sandbox.control.addUser({
    name: '甲',
    mobile: '13800000000',
    identity_last4: '1234',
    cards: [{ bank: '中国银行', kind: 'debit', last4: '1111' }],
  })
  return { code: await sandbox.control.code(user_id, 'upapi_contract', plan_id), user_id }
}

/** Each operation against the sandbox: a new operation needs an entry here. */
const stories: Record<keyof typeof operations, () => Promise<unknown>> = {
  backendToken: async () =>
    expect(done(await call(operations.backendToken, signedRequest())).life_s).toBe(7200),
  frontToken: async () =>
    expect(done(await call(operations.frontToken, signedRequest())).token).toHaveLength(24),
  exchangeCode: async () => {
    const { code } = await signer()
    expect(done(await call(operations.exchangeCode, { code }, await tokenOf()))).toMatchObject({
      scope: 'upapi_contract',
      open_id: expect.any(String),
      access_token: expect.any(String),
    })
  },
  contractApply: async () => expect((await signed()).applied.contract_id).toMatch(/^62184\d{14}$/),
  contractInfo: async () => {
    const { token, open_id, applied } = await signed()
    expect(done(await call(operations.contractInfo, { open_id, plan_id }, token))).toEqual({
      status: 'signed',
      contract_id: applied.contract_id,
    })
  },
  contractStatus: async () => {
    const { token, open_id } = await signed()
    expect(done(await call(operations.contractStatus, { open_id }, token))).toEqual({
      unfinished: 0,
    })
  },
  contractRelieve: async () => {
    const { token, open_id, applied, contract_code } = await signed()
    const ended = done(
      await call(
        operations.contractRelieve,
        { open_id, plan_id, contract_id: applied.contract_id, contract_code },
        token,
      ),
    )
    expect(ended.operated_at).toBeInstanceOf(Date)
    expect(done(await call(operations.contractInfo, { open_id, plan_id }, token)).status).toBe(
      'terminated',
    )
  },
}

async function signed() {
  const token = await tokenOf()
  const { open_id, access_token } = done(
    await call(operations.exchangeCode, { code: (await signer()).code }, token),
  )
  const contract_code = newId(realClock, random)
  const applied = done(
    await call(operations.contractApply, { open_id, access_token, plan_id, contract_code }, token),
  )
  expect(applied.operated_at).toBeInstanceOf(Date)
  return { token, open_id, applied, contract_code }
}

describe('every operation of the open platform', () => {
  for (const [name, story] of Object.entries(stories))
    test(`${name} is accepted, and its answer is read`, async () => {
      expect.hasAssertions()
      await story()
    })

  test('has a file, an entry in the list and an example here', () => {
    const files = readdirSync('server/unionpay/operations').filter((file) => file !== 'index.ts')
    expect(files.length).toBeGreaterThan(0)
    expect(Object.keys(stories).toSorted()).toEqual(Object.keys(operations).toSorted())
  })

  test('sends only fields the specification knows, and every one it requires', () => {
    const example = {
      code: 'c',
      access_token: 'a',
      open_id: 'o',
      plan_id,
      contract_code: 'cc',
      contract_id: 'ci',
      nonce_str: 'n',
      timestamp: '1',
      signature: 's',
    }
    for (const operation of Object.values(operations) as Operation<typeof example, unknown>[]) {
      const sent = [
        'appId',
        ...(operation.token ? [operation.token] : []),
        ...Object.keys(operation.body(example)),
      ].toSorted()
      const specified = interfaces
        .get(operation.interface)
        ?.fields.map((field) => field.name)
        .toSorted()
      expect([operation.interface, sent]).toEqual([operation.interface, specified])
    }
  })

  test('each operation reports an invalid token as a10', async () => {
    const example = {
      code: 'c'.repeat(24),
      access_token: 'a',
      open_id: 'o',
      plan_id,
      contract_code: 'cc',
      contract_id: 'ci',
      nonce_str: '',
      timestamp: '',
      signature: '',
    }
    for (const operation of Object.values(operations).filter((one) => one.token) as Operation<
      typeof example,
      unknown
    >[]) {
      expect([operation.interface, await call(operation, example, 'x'.repeat(24))]).toMatchObject([
        operation.interface,
        { kind: 'refused', code: 'a10' },
      ])
    }
  })
})
