import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type {
  ConsoleContractView,
  FoundView,
  MerchantContractDetailView,
  MerchantContractView,
  MerchantSigningView,
  SdkSigningStart,
  WorkView,
} from '../../server/api.ts'
import { createMerchant, startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import { createOperator } from '../support/operator.ts'
import { plan } from '../support/world.ts'

let world: ChargingWorld
let merchant: ReturnType<typeof createMerchant>
beforeAll(async () => {
  world = await startChargingWorld()
  merchant = createMerchant(world.url, await world.key(['read', 'sign']))
})
afterAll(() => world.stop())

const get = async <View>(path: string): Promise<View> =>
  (await merchant.call<View>('GET', path)).view
const bindings = async () =>
  (
    await world.database.pool.query<{ user_id: string; former: string | null }>(
      `select u.user_id, b.former_user_id as former from user_bindings b join users u on u.id = b.user_ref order by b.seq`,
    )
  ).rows
/** A signed contract whose wallet was bound to the user by a ticket. */
const owned = async (user_id: string) => {
  const signed = await world.signed()
  await signed.payer.call('POST', '/api/tickets', { ticket: await world.ticket(user_id) })
  await signed.payer.answer(true)
  return signed
}

describe('a contract is shown with its user_id and plan_id', () => {
  test("in the list, by itself and in its signing, to the merchant's systems", async () => {
    const { contract } = await owned('owner-1')
    const owner = { id: contract, user_id: 'owner-1', plan_id: plan.vending }
    const { contracts } = await get<{ contracts: MerchantContractView[] }>(
      '/v1/contracts?user_id=owner-1',
    )
    expect(contracts).toMatchObject([owner])
    expect(await get<MerchantContractDetailView>(`/v1/contracts/${contract}`)).toMatchObject(owner)
    expect(await get<MerchantSigningView>(`/v1/signings/${contract}`)).toMatchObject({
      contract: owner,
    })
  })

  test('on its page, in the search and in the review list, to operators', async () => {
    const { contract } = await owned('owner-2')
    const anna = await createOperator(world.url, world.database, 'anna', 'viewer')
    await anna.signIn()
    await world.database.pool.query(`update contracts set needs_review = true where id = $1`, [
      contract,
    ])
    const owner = { user_id: 'owner-2', plan_id: plan.vending }
    expect(await anna.call<ConsoleContractView>('GET', `/contracts/${contract}`)).toMatchObject({
      contract: owner,
      user_id: 'owner-2',
    })
    const { found } = await anna.call<{ found: FoundView[] }>('GET', '/search?q=owner-2')
    expect(found).toMatchObject([{ kind: 'contract', id: contract, ...owner }])
    const { work } = await anna.call<{ work: WorkView[] }>('GET', '/work')
    expect(work).toMatchObject([{ kind: 'contract', id: contract, ...owner }])
  })

  test('with the user_id that we generated while the merchant has not named one', async () => {
    const { contract } = await world.signed()
    const { user_id } = await get<MerchantContractDetailView>(`/v1/contracts/${contract}`)
    expect(user_id).toMatch(/^made-/)
  })

  test("the payer's page does not receive the user_id", async () => {
    const { payer, contract } = await owned('owner-3')
    const seen = await Promise.all([
      payer.call('GET', '/api/contracts'),
      payer.call('GET', `/api/contracts/${contract}`),
      payer.call('GET', `/api/signings/${contract}`),
      payer.call('GET', `/api/plans/${plan.vending}/contract`),
    ])
    expect(JSON.stringify(seen)).not.toContain('owner-3')
    expect(JSON.stringify(seen)).toContain(plan.vending)
  })
})

describe('the binding of a wallet to a user is recorded once, for the event', () => {
  test('by the answer to a ticket, whether the user was known before or not', async () => {
    const before = (await bindings()).length
    const { payer } = await owned('bound-1')
    await payer.call('POST', '/api/tickets', { ticket: await world.ticket('bound-1') })
    const second = await world.signedIn()
    await second.call('POST', '/api/tickets', { ticket: await world.ticket('bound-1') })
    await second.answer(true)
    const former = expect.stringMatching(/^made-/)
    expect((await bindings()).slice(before)).toEqual([
      { user_id: 'bound-1', former },
      { user_id: 'bound-1', former },
    ])
  })

  test('and not by a refusal', async () => {
    const before = await bindings()
    const payer = await world.signedIn()
    await payer.call('POST', '/api/tickets', { ticket: await world.ticket('bound-2') })
    await payer.answer(false)
    expect(await bindings()).toEqual(before)
  })

  test("by a signing in the merchant's app, for a new wallet and for one with a generated user", async () => {
    const before = (await bindings()).length
    const [fresh, known] = [await world.payer(), await world.signedIn()]
    for (const [payer, user_id] of [
      [fresh, 'bound-3'],
      [known, 'bound-4'],
    ] as const) {
      const { view } = await merchant.call<SdkSigningStart>('POST', '/v1/signings', {
        user_id,
        plan_id: plan.metro,
      })
      await merchant.call('POST', `/v1/signings/${view.signing_id}/complete`, {
        code: await world.control.code(payer.wallet_user, 'upapi_contract', plan.metro),
      })
    }
    expect((await bindings()).slice(before)).toEqual([
      { user_id: 'bound-3', former: null },
      { user_id: 'bound-4', former: expect.stringMatching(/^made-/) },
    ])
  })
})
