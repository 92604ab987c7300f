import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPayer, Refused } from '../support/payer.ts'
import { until } from '../support/until.ts'
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
const six_minutes = 6 * 60_000
const applies = async (wallet_user: string) =>
  (await world.calls('contract.apply')).filter((call) => call.user_id === wallet_user)

describe('signing', () => {
  test("ends in an active contract, with our code and UnionPay's number, and says so in its history", async () => {
    const payer = await world.signedIn()
    const signed = await payer.sign(plan.vending)
    expect(signed).toMatchObject({
      state: 'succeeded',
      reason: null,
      contract: { state: 'active', signed_through: 'h5' },
    })
    const detail = await payer.contract(signed.signing_id)
    expect(detail.history.map(({ from, to, source }) => [from, to, source])).toEqual([
      [null, 'applying', 'start'],
      ['applying', 'active', 'apply'],
    ])
    const [at_unionpay] = (await world.control.contracts()).filter(
      (contract) => contract.user_id === payer.wallet_user,
    )
    expect(detail.contract_id_masked).toBe(
      `${at_unionpay?.contract_id.slice(0, 4)}****${at_unionpay?.contract_id.slice(-4)}`,
    )
  })
  test('of the same plan again is refused while the contract exists', async () => {
    const payer = await world.signedIn()
    await payer.sign(plan.vending)
    expect(await refusal(payer.start(plan.vending))).toBe('already_signed')
    expect((await payer.start(plan.membership)).signing_id).toBeTruthy()
  })
  test('requires consent, a known plan and a session', async () => {
    const payer = await world.signedIn()
    expect(
      await refusal(payer.call('POST', '/api/signings', { plan_id: plan.vending, agreed: false })),
    ).toBe('consent_missing')
    expect(await refusal(payer.start('ffffffffffffffffffffffffffffffff'))).toBe('plan_unknown')
    expect(
      await refusal(
        payer.call('POST', '/api/signings', { plan_id: plan.vending, agreed: true, amount: 1 }),
      ),
    ).toBe('bad_request')
    expect(await refusal((await world.payer()).start(plan.vending))).toBe('not_signed_in')
  })
  test("waits while the payer is at UnionPay's page, and expires when they never return", async () => {
    const payer = await world.signedIn()
    const { signing_id } = await payer.start(plan.vending)
    expect(await payer.signing(signing_id)).toMatchObject({ state: 'waiting' })
    await world.advance(31 * 60_000)
    await until(
      'the signing is expired',
      async () => (await payer.signing(signing_id)).state === 'expired',
    )
    expect((await payer.signing(signing_id)).reason).toBe('never_returned')
  })
  test('refused by the payer is cancelled, and they can start again', async () => {
    const payer = await world.signedIn()
    const { signing_page_url } = await payer.start(plan.vending)
    expect(await payer.back(await payer.decide(signing_page_url, 'refuse'))).toMatchObject({
      state: 'cancelled',
    })
    expect((await payer.sign(plan.vending)).state).toBe('succeeded')
  })
  test('that returns with nothing but its state is cancelled', async () => {
    const payer = await world.signedIn()
    const { signing_page_url } = await payer.start(plan.vending)
    const state = new URL(signing_page_url).searchParams.get('state')
    expect(await payer.back(`state=${state}`)).toMatchObject({
      state: 'cancelled',
      reason: 'returned_empty',
    })
  })
  test('that returns with a technical fault has failed', async () => {
    const payer = await world.signedIn()
    const { signing_page_url } = await payer.start(plan.vending)
    const state = new URL(signing_page_url).searchParams.get('state')
    expect(await payer.back(`state=${state}&errmsg=x&errorcode=N62132`)).toMatchObject({
      state: 'failed',
      reason: 'wallet_error',
      unionpay_code: 'N62132',
    })
  })
  test('that returns twice is applied once, and the second return shows the result', async () => {
    const payer = await world.signedIn()
    const { signing_page_url } = await payer.start(plan.vending)
    const query = await payer.decide(signing_page_url)
    const both = await Promise.all([payer.back(query), payer.back(query)])
    expect(both.map((view) => view.signing_id)).toEqual([both[0]?.signing_id, both[0]?.signing_id])
    expect((await payer.back(query)).state).toBe('succeeded')
    expect(await applies(payer.wallet_user)).toHaveLength(1)
  })
  test('that returns without state is found by the session', async () => {
    const payer = await world.signedIn()
    const { signing_page_url } = await payer.start(plan.vending)
    const query = (await payer.decide(signing_page_url)).replace(/&?state=[^&]*/, '')
    expect((await payer.back(query)).state).toBe('succeeded')
  })
  test('completes in a second window that has no session, because the code proves the wallet', async () => {
    const payer = await world.signedIn()
    const { signing_page_url, signing_id } = await payer.start(plan.vending)
    const window = world.sameWallet(payer)
    expect((await window.back(await payer.decide(signing_page_url))).state).toBe('succeeded')
    expect(window.jar.has('wugan_session')).toBe(false)
    expect((await payer.signing(signing_id)).state).toBe('succeeded')
  })
})

describe('no contract is signed when', () => {
  test('a foreign session returns: it is refused before anything is exchanged', async () => {
    const [starter, stranger] = [await world.signedIn(), await world.signedIn()]
    const { signing_page_url, signing_id } = await starter.start(plan.vending)
    const query = await starter.decide(signing_page_url)
    expect(await refusal(stranger.back(query))).toBe('state_foreign')
    expect((await starter.signing(signing_id)).state).toBe('waiting')
    expect((await starter.back(query)).state).toBe('succeeded')
  })
  test('the contract code belongs to another wallet: the attempt ends, and apply is never called', async () => {
    const [starter, other] = [await world.signedIn(), await world.signedIn()]
    const { signing_page_url } = await starter.start(plan.vending)
    const query = await other.decide(signing_page_url)
    expect(
      await createPayer(world.url, world.sandbox.url, other.wallet_user).back(query),
    ).toMatchObject({ state: 'failed', reason: 'wallet_foreign' })
    expect(await applies(other.wallet_user)).toEqual([])
    expect(
      (await world.control.contracts()).filter((contract) =>
        [starter.wallet_user, other.wallet_user].includes(contract.user_id),
      ),
    ).toEqual([])
  })
  test('the state was never issued: it is refused', async () => {
    const payer = await world.signedIn()
    expect(await refusal(payer.back('code=x&state=neverGivenOut'))).toBe('state_unknown')
  })
  test('the code was used: UnionPay refuses it and the attempt fails', async () => {
    const payer = await world.signedIn()
    const first = await payer.start(plan.vending)
    const query = await payer.decide(first.signing_page_url)
    await payer.back(query)
    const second = await payer.start(plan.membership)
    const state = new URL(second.signing_page_url).searchParams.get('state')
    expect(await payer.back(query.replace(/state=[^&]*/, `state=${state}`))).toMatchObject({
      state: 'failed',
      reason: 'code_refused',
      unionpay_code: 'a31',
    })
  })
  test('the signing belongs to another user: it is not found', async () => {
    const [payer, stranger] = [await world.signedIn(), await world.signedIn()]
    const { signing_id } = await payer.sign(plan.vending)
    expect(await refusal(stranger.signing(signing_id))).toBe('not_found')
    expect(await refusal(stranger.contract(signing_id))).toBe('not_found')
    expect(await refusal(stranger.terminate(signing_id))).toBe('not_found')
  })
})

describe('an apply that UnionPay does not answer', () => {
  test('but has executed is found by contract.info and becomes active', async () => {
    const payer = await world.signedIn()
    const { signing_page_url, signing_id } = await payer.start(plan.vending)
    await world.control.addRule({
      interface: 'contract.apply',
      match: { user_id: payer.wallet_user },
      effect: { kind: 'timeout_after' },
      times: 1,
    })
    expect(await payer.back(await payer.decide(signing_page_url))).toMatchObject({
      state: 'processing',
      reason: 'outcome_unknown',
    })
    expect(await refusal(payer.start(plan.vending))).toBe('signing_in_progress')
    await world.advance(60_000)
    await until(
      'the signing has succeeded',
      async () => (await payer.signing(signing_id)).state === 'succeeded',
    )
    expect((await payer.contract(signing_id)).history.at(-1)).toMatchObject({
      to: 'active',
      source: 'info',
    })
    expect(await applies(payer.wallet_user)).toHaveLength(1)
  })
  test.each(['timeout_before', 'reset_before'] as const)(
    'and has not executed (%s) is given up only after a second "not signed" five minutes later',
    async (kind) => {
      const payer = await world.signedIn()
      const { signing_page_url, signing_id } = await payer.start(plan.vending)
      await world.control.addRule({
        interface: 'contract.apply',
        match: { user_id: payer.wallet_user },
        effect: { kind },
        times: 1,
      })
      expect((await payer.back(await payer.decide(signing_page_url))).state).toBe('processing')
      await world.advance(60_000)
      await until(
        'the first answer is noted',
        async () =>
          (
            await world.database.pool.query(
              'select 1 from contracts where id = $1 and not_signed_at is not null',
              [signing_id],
            )
          ).rowCount === 1,
      )
      expect((await payer.signing(signing_id)).state).toBe('processing')
      await world.advance(six_minutes)
      await until(
        'the signing has failed',
        async () => (await payer.signing(signing_id)).state === 'failed',
      )
      expect((await payer.sign(plan.vending)).state).toBe('succeeded')
    },
  )
  test.each(['html', 'garbage', 'empty', 'not_found'] as const)(
    'in JSON (%s) is not mistaken for a refusal',
    async (kind) => {
      const payer = await world.signedIn()
      const { signing_page_url } = await payer.start(plan.vending)
      await world.control.addRule({
        interface: 'contract.apply',
        match: { user_id: payer.wallet_user },
        effect: { kind },
        times: 1,
      })
      expect((await payer.back(await payer.decide(signing_page_url))).state).toBe('processing')
    },
  )
  test('with an unlisted code stays unknown', async () => {
    const payer = await world.signedIn()
    const { signing_page_url } = await payer.start(plan.vending)
    await world.control.addRule({
      interface: 'contract.apply',
      match: { user_id: payer.wallet_user },
      effect: { kind: 'resp', resp: 'ZZ77' },
      times: 1,
    })
    expect(await payer.back(await payer.decide(signing_page_url))).toMatchObject({
      state: 'processing',
      unionpay_code: 'ZZ77',
    })
  })
  test("but finally refuses is rejected with UnionPay's code", async () => {
    const payer = await world.signedIn()
    const { signing_page_url } = await payer.start(plan.vending)
    await world.control.addRule({
      interface: 'contract.apply',
      match: { user_id: payer.wallet_user },
      effect: { kind: 'resp', resp: 'N62137' },
      times: 1,
    })
    expect(await payer.back(await payer.decide(signing_page_url))).toMatchObject({
      state: 'failed',
      reason: 'rejected',
      unionpay_code: 'N62137',
    })
  })
})

describe('already signed (a40)', () => {
  test("adopts the contract UnionPay knows when it is not another user's", async () => {
    const payer = await world.signedIn()
    const first = await payer.sign(plan.vending)
    // our row is lost, as after a restore from an old backup; UnionPay still has the contract
    await world.database.pool.query('delete from contract_history where contract_ref = $1', [
      first.signing_id,
    ])
    await world.database.pool.query('delete from contracts where id = $1', [first.signing_id])
    expect(await payer.sign(plan.vending)).toMatchObject({
      state: 'succeeded',
      contract: { contract_id_masked: first.contract?.contract_id_masked },
    })
  })
  test('never adopts a contract that has ended here', async () => {
    const payer = await world.signedIn()
    const first = await payer.sign(plan.vending)
    await world.database.pool.query(`update contracts set state = 'terminated' where id = $1`, [
      first.signing_id,
    ])
    expect(await payer.sign(plan.vending)).toMatchObject({
      state: 'failed',
      reason: 'already_signed_elsewhere',
    })
  })
})

describe('a process that dies', () => {
  test('between the return and apply leaves an attempt that a job closes', async () => {
    const payer = await world.signedIn()
    const { signing_id } = await payer.start(plan.vending)
    await world.database.pool.query(
      `update contracts set step = 'returned', check_due_at = business_now() where id = $1`,
      [signing_id],
    )
    await until(
      'the attempt is closed',
      async () => (await payer.signing(signing_id)).state === 'failed',
    )
    expect((await payer.signing(signing_id)).reason).toBe('unionpay_silent')
  })
  test('after apply went out leaves an attempt that contract.info completes', async () => {
    const payer = await world.signedIn()
    const signed = await payer.sign(plan.vending)
    await world.database.pool.query(
      `update contracts set state = 'applying', step = 'sent', contract_id_digest = null, contract_id_sealed = null, check_due_at = business_now() where id = $1`,
      [signed.signing_id],
    )
    await until(
      'the signing has succeeded again',
      async () => (await payer.signing(signed.signing_id)).state === 'succeeded',
    )
  })
})

test('contract.info is never asked twice within five minutes for one wallet and plan', async () => {
  const asked = await world.calls('contract.info')
  expect(asked.length).toBeGreaterThan(3)
  const last = new Map<string, number>()
  for (const { at, user_id, body } of asked) {
    const key = `${user_id}/${/"?planId\\*":\\*"([0-9a-f]+)/.exec(body)?.[1]}`
    expect(at - (last.get(key) ?? -Infinity)).toBeGreaterThan(5 * 60_000)
    last.set(key, at)
  }
})
