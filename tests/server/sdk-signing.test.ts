import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SdkSigningStart, SigningView } from '../../server/api.ts'
import { createPayer, Refused } from '../support/payer.ts'
import { startWorld, plan, type World } from '../support/world.ts'

let world: World
let authorization: { authorization: string }
beforeAll(async () => {
  world = await startWorld()
  authorization = { authorization: `Bearer ${await world.key(['read', 'sign', 'terminate'])}` }
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
const merchant = <Answer>(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = authorization,
): Promise<Answer> =>
  createPayer(world.url, world.sandbox.url, '').call<Answer>(method, path, body, headers)
const start = (user_id: string, plan_id: string = plan.metro) =>
  merchant<SdkSigningStart>('POST', '/v1/signings', { user_id, plan_id })
const complete = (signing_id: string, code: string) =>
  merchant<SigningView>('POST', `/v1/signings/${signing_id}/complete`, { code })

describe('SDK signing', () => {
  test("binds the wallet to the merchant's user_id and gives a contract", async () => {
    const payer = await world.payer()
    const started = await start('metro-1')
    expect(started).toMatchObject({
      plan_id: plan.metro,
      scope: 'upapi_contract',
      app_id: world.settings.unionpay_app_id,
    })
    const signed = await complete(
      started.signing_id,
      await world.control.code(payer.wallet_user, 'upapi_contract', plan.metro),
    )
    expect(signed).toMatchObject({
      state: 'succeeded',
      contract: { state: 'active', signed_through: 'sdk' },
    })
    expect(await merchant('GET', '/v1/contracts?user_id=metro-1')).toMatchObject({
      contracts: [{ id: started.signing_id }],
    })
    await payer.signIn()
    expect(await payer.contracts()).toMatchObject([{ id: started.signing_id }])
  })
  test('completed twice applies once and shows the result', async () => {
    const payer = await world.payer()
    const { signing_id } = await start('metro-2')
    const code = await world.control.code(payer.wallet_user, 'upapi_contract', plan.metro)
    await complete(signing_id, code)
    expect((await complete(signing_id, code)).state).toBe('succeeded')
    expect(
      (await world.calls('contract.apply')).filter(({ user_id }) => user_id === payer.wallet_user),
    ).toHaveLength(1)
    expect(
      (await world.calls('token')).filter(({ user_id }) => user_id === payer.wallet_user),
    ).toHaveLength(1)
  })
  test("is refused for a wallet that pays for another of the merchant's users", async () => {
    const payer = await world.payer()
    const first = await start('metro-3')
    await complete(
      first.signing_id,
      await world.control.code(payer.wallet_user, 'upapi_contract', plan.metro),
    )
    const second = await start('metro-4', plan.parking)
    expect(
      await complete(
        second.signing_id,
        await world.control.code(payer.wallet_user, 'upapi_contract', plan.parking),
      ),
    ).toMatchObject({ state: 'failed', reason: 'wallet_foreign' })
  })
  test('takes over a wallet whose user_id we generated', async () => {
    const payer = await world.signedIn()
    await payer.sign(plan.vending)
    const { signing_id } = await start('metro-5')
    expect(
      (
        await complete(
          signing_id,
          await world.control.code(payer.wallet_user, 'upapi_contract', plan.metro),
        )
      ).state,
    ).toBe('succeeded')
    expect(await merchant('GET', '/v1/contracts?user_id=metro-5')).toMatchObject({
      contracts: [{}, {}],
    })
  })
  test('ended by the merchant is terminated', async () => {
    const payer = await world.payer()
    const { signing_id } = await start('metro-6')
    await complete(
      signing_id,
      await world.control.code(payer.wallet_user, 'upapi_contract', plan.metro),
    )
    expect(await merchant('POST', `/v1/contracts/${signing_id}/terminate`)).toMatchObject({
      state: 'terminated',
      ended_by: 'merchant',
    })
  })
  test('cannot be completed for an H5 signing', async () => {
    const payer = await world.signedIn()
    const { signing_id } = await payer.start(plan.vending)
    expect(await refusal(complete(signing_id, 'x'))).toBe('not_found')
  })
})

describe('API keys', () => {
  test('are required, and an unknown one is refused', async () => {
    expect(await refusal(merchant('GET', '/v1/contracts?user_id=x', undefined, {}))).toBe(
      'api_key_invalid',
    )
    expect(
      await refusal(
        merchant('GET', '/v1/contracts?user_id=x', undefined, {
          authorization: `Bearer wugan_${'x'.repeat(43)}`,
        }),
      ),
    ).toBe('api_key_invalid')
  })
  test('allow only their verbs, for their plans', async () => {
    const read_only = { authorization: `Bearer ${await world.key(['read'])}` }
    expect(
      await refusal(
        merchant('POST', '/v1/signings', { user_id: 'u', plan_id: plan.metro }, read_only),
      ),
    ).toBe('verb_not_allowed')
    const vending_only = {
      authorization: `Bearer ${await world.key(['sign', 'read'], [plan.vending])}`,
    }
    expect(
      await refusal(
        merchant('POST', '/v1/signings', { user_id: 'u', plan_id: plan.metro }, vending_only),
      ),
    ).toBe('verb_not_allowed')
    const { signing_id } = await start('metro-7')
    expect(
      await refusal(merchant('GET', `/v1/signings/${signing_id}`, undefined, vending_only)),
    ).toBe('not_found')
  })
  test('are stored only as a hash', async () => {
    const secret = await world.key(['read'])
    const { rows } = await world.database.pool.query('select * from api_keys')
    expect(JSON.stringify(rows)).not.toContain(secret)
  })
})
