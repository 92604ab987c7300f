import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { digestOf } from '../support/table-digest.ts'
import { refusal, startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import { plan } from '../support/world.ts'

let world: ChargingWorld
beforeAll(async () => {
  world = await startChargingWorld({
    jobs: false,
    env: { RATE_LIMIT_SIGNING: '1000', RATE_LIMIT_LOGIN: '1000' },
  })
})
afterAll(() => world.stop())

const planted = 'P'.repeat(43)
const session = async (cookie: string): Promise<unknown> =>
  (await fetch(`${world.url}/api/session`, { headers: { cookie } })).json()
const queryOf = (url: string): URLSearchParams => new URL(url).searchParams

describe('a session id', () => {
  test('that was set before the sign-in is not accepted after it', async () => {
    const payer = await world.payer()
    payer.jar.set('wugan_session', planted)
    await payer.signIn()
    expect(payer.jar.get('wugan_session')).not.toBe(planted)
    expect(await session(`wugan_session=${planted}`)).toEqual({ session: null })
    expect(await payer.session()).not.toBeNull()
  })
  test('from an earlier session ends with a new sign-in in the same browser', async () => {
    const payer = await world.signedIn()
    const first = payer.jar.get('wugan_session')
    await payer.signIn()
    expect(await session(`wugan_session=${first}`)).toEqual({ session: null })
  })
  test('cannot be obtained by a request: no answer sets one before the wallet has identified the user', async () => {
    const payer = await world.payer()
    for (const ask of [
      () => payer.session(),
      () => payer.authorize(),
      () => payer.call('POST', '/api/sign-in/return', { query: 'code=x&state=y' }),
    ]) {
      await Promise.resolve(ask()).catch(() => {})
      expect(payer.jar.has('wugan_session')).toBe(false)
    }
  })
  test('of another form than ours is not looked up', async () => {
    for (const value of ["' or '1'='1", '__proto__', '%00', `${planted}x`, planted.slice(1)])
      expect(await session(`wugan_session=${encodeURIComponent(value)}`)).toEqual({ session: null })
  })
})

describe('a return', () => {
  test('of a sign-in works in the browser that began it, once, and for nothing else', async () => {
    const [payer, other] = [await world.payer(), await world.signedIn()]
    const query = await payer.authorize()
    await other.authorize()
    expect(await refusal(other.call('POST', '/api/sign-in/return', { query }))).toBe(
      'state_unknown',
    )
    expect(await refusal(other.back(query))).toBe('state_unknown')
    await payer.call('POST', '/api/sign-in/return', { query })
    expect(await refusal(payer.call('POST', '/api/sign-in/return', { query }))).toBe(
      'state_unknown',
    )
    expect(await refusal(payer.back(query))).toBe('state_unknown')
  })
  test('of a signing signs nobody in, and remains usable for the payer who began it', async () => {
    const payer = await world.signedIn()
    const { signing_page_url } = await payer.start(plan.vending)
    const query = await payer.decide(signing_page_url)
    const thief = await world.payer()
    await thief.authorize()
    expect(await refusal(thief.call('POST', '/api/sign-in/return', { query }))).toBe(
      'state_unknown',
    )
    expect((await payer.back(query)).contract).toMatchObject({ state: 'active' })
  })
  test('with the state of one signing and the code of another payer signs for neither', async () => {
    const [mine, hers] = [await world.signedIn(), await world.signedIn()]
    const [one, two] = [await mine.start(plan.vending), await hers.start(plan.vending)]
    const [my_query, her_query] = [
      new URLSearchParams(await mine.decide(one.signing_page_url)),
      new URLSearchParams(await hers.decide(two.signing_page_url)),
    ]
    const swapped = `code=${encodeURIComponent(her_query.get('code') ?? '')}&state=${my_query.get('state')}`
    expect(await refusal(hers.back(swapped))).toBe('state_foreign')
    expect(await mine.back(swapped)).toMatchObject({ contract: null, state: 'failed' })
    expect([await mine.contracts(), await hers.contracts()].flat()).toEqual([])
  })
  test('that arrives many times at once is accepted once', async () => {
    const payer = await world.signedIn()
    const query = await payer.decide((await payer.start(plan.vending)).signing_page_url)
    const before = (await world.calls('contract.apply')).length
    await Promise.all(Array.from({ length: 6 }, () => payer.back(query).catch(() => null)))
    expect([
      (await payer.contracts()).length,
      (await world.calls('contract.apply')).length,
    ]).toEqual([1, before + 1])
    const visitor = await world.payer()
    const sign_in = await visitor.authorize()
    const answers = await Promise.all(
      Array.from({ length: 6 }, () =>
        refusal(visitor.call('POST', '/api/sign-in/return', { query: sign_in })),
      ),
    )
    expect(answers.filter((code) => code === 'state_unknown')).toHaveLength(5)
  })
  test('repeated after the contract has ended signs nothing again', async () => {
    const payer = await world.signedIn()
    const { signing_page_url, signing_id } = await payer.start(plan.vending)
    const query = await payer.decide(signing_page_url)
    await payer.back(query)
    await payer.terminate(signing_id)
    const before = (await world.calls('contract.apply')).length
    await payer.back(query)
    expect([
      (await payer.contract(signing_id)).state,
      (await world.calls('contract.apply')).length,
    ]).toEqual(['terminated', before])
  })
  test('goes to one of our addresses, with a state that is different every time', async () => {
    const payer = await world.signedIn()
    const urls = [
      (await payer.start(plan.vending)).signing_page_url,
      (await payer.start(plan.vending)).signing_page_url,
    ]
    const states = urls.map((url) => queryOf(url).get('state'))
    expect(new Set(states).size).toBe(2)
    for (const url of urls)
      expect(new URL(queryOf(url).get('redirectUri') ?? '').origin).toBe(world.url)
  })
})

describe('a valid notification, recorded and sent again', () => {
  test('of a payment changes nothing: not later, not after a refund, not with additional parameters', async () => {
    const { charge } = await world.paid(450)
    const { sent } = await world.gateway.probe({ order_id: charge.order_id })
    await world.merchant.settledRefund(
      charge.order_id,
      (await world.merchant.refund(charge.order_id)).order_id,
    )
    const now = () => digestOf(world.database.pool, ['notifications']) // a repeat is counted in its row
    const before = await now()
    for (const address of ['/notify/payment', '/notify/payment?respCode=00', '/notify/payment/']) {
      const answer = await fetch(`${world.url}${address}`, {
        method: 'POST',
        body: sent,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
      expect([address, answer.status]).toEqual([address, address.endsWith('/') ? 404 : 200])
    }
    expect(await now()).toEqual(before)
  })
  test('of a termination does not end the contract that was signed afterwards', async () => {
    const payer = await world.signedIn()
    const signing = await payer.sign(plan.vending)
    const contract = (await world.control.contracts()).find(
      (one) => one.contract_code === signing.contract?.contract_code,
    )
    const { query } = await world.control.probe({
      contract_id: contract?.contract_id ?? '',
      signature: 'good',
    })
    await world.control.terminate(contract?.contract_id ?? '')
    expect((await payer.contract(signing.signing_id)).state).toBe('terminated')
    const again = await payer.sign(plan.vending)
    for (const init of [{ path: `?${query}` }, { path: '', method: 'POST', body: query }]) {
      expect(
        (
          await fetch(`${world.url}/notify/termination${init.path}`, {
            method: init.method ?? 'GET',
            ...(init.body ? { body: init.body } : {}),
          })
        ).status,
      ).toBe(200)
    }
    expect((await payer.contract(again.signing_id)).state).toBe('active')
  })
})
