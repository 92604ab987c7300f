import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askContractInfo } from '../../server/contracts/ask-contract-info.ts'
import { findContract } from '../../server/contracts/store.ts'
import { Refused, type Payer } from '../support/payer.ts'
import { until } from '../support/until.ts'
import { startWorld, plan, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(async () => world.stop())

const minutes = (count: number): number => count * 60_000
const sql = async (text: string, values: unknown[] = []) =>
  (await world.database.pool.query(text, values)).rows
const row = async (id: string) =>
  (await sql('select * from contracts where id = $1', [id]))[0] as Record<string, unknown>
const aboutInfo = async (payer: Payer): Promise<number> =>
  (await world.calls('contract.info')).filter(({ user_id }) => user_id === payer.wallet_user).length

async function signed(plan_id: string = plan.vending) {
  const payer = await world.signedIn()
  const view = await payer.sign(plan_id)
  const contract = (await world.control.contracts()).find(
    ({ contract_code }) => contract_code === view.contract?.contract_code,
  )
  return {
    payer,
    id: view.signing_id,
    contract_id: contract?.contract_id as string,
    open_id: contract?.open_id as string,
  }
}

const sweepNow = (id: string) =>
  sql('update contracts set sweep_due_at = business_now() where id = $1', [id])

describe('contract.info', () => {
  test('requested twice at once is sent once; the second caller learns when it may be sent again', async () => {
    const { payer, id } = await signed()
    const contract = await findContract(world.database.pool, id)
    if (!contract) throw new Error('the contract is gone')
    const answers = await Promise.all(
      [1, 2, 3].map(() => askContractInfo(world.app.contracts, contract)),
    )
    expect(answers.map(({ kind }) => kind).toSorted()).toEqual([
      'answered',
      'too_early',
      'too_early',
    ])
    expect(answers.find((answer) => answer.kind === 'too_early')).toMatchObject({
      in_s: expect.any(Number),
    })
    expect(await aboutInfo(payer)).toBe(1)
  })
  test('ends no contract that changed within five minutes: it may be older than the change', async () => {
    const { payer, id } = await signed()
    await world.control.addRule({
      interface: 'contract.info',
      match: { user_id: payer.wallet_user },
      effect: { kind: 'garbage' },
      times: 1,
    })
    await world.control.change({ notice_timing: 'never' })
    await world.control.terminate(
      (await world.control.contracts()).find(({ user_id }) => user_id === payer.wallet_user)
        ?.contract_id as string,
    )
    await world.control.change({ notice_timing: 'now' })
    await sql('delete from info_slots')
    await sql(
      'update contracts set changed_at = business_now(), sweep_due_at = business_now() where id = $1',
      [id],
    )
    await until('the question went out', async () => (await aboutInfo(payer)) > 0)
    expect((await payer.contract(id)).state).toBe('active')
  })
})

/** Given up, although UnionPay knows the contract by now; its next answers are garbage. */
async function givenUp(unanswered: number) {
  const payer = await world.signedIn()
  const rule = (
    of: 'contract.apply' | 'contract.info',
    kind: string,
    times: number,
    resp?: string,
  ) =>
    world.control.addRule({
      interface: of,
      match: { user_id: payer.wallet_user },
      effect: { kind, ...(resp ? { resp } : {}) } as never,
      times,
    })
  await rule('contract.apply', 'timeout_after', 1)
  await rule('contract.info', 'resp', 2, '00')
  const { signing_page_url, signing_id: id } = await payer.start(plan.vending)
  await payer.back(await payer.decide(signing_page_url))
  await world.advance(minutes(1))
  await until('the first answer is noted', async () => (await row(id)).not_signed_at !== null)
  await sql('update contracts set checks = 3 where id = $1', [id])
  await world.advance(minutes(6))
  await until('the attempt is given up', async () => (await row(id)).state === 'abandoned')
  await rule('contract.info', 'garbage', unanswered)
  return { payer, id }
}

describe('an attempt that was given up after two "not signed" answers', () => {
  const unanswered = (id: string, count: number) =>
    until(`${count} looks got no answer`, async () => (await row(id)).checks === count)

  test('is queried until there is an answer: a late signing is found', async () => {
    const { payer, id } = await givenUp(2)
    await world.advance(minutes(61))
    await unanswered(id, 1)
    await world.advance(minutes(6))
    await unanswered(id, 2)
    await world.advance(minutes(11))
    await until('the contract is active', async () => (await payer.contract(id)).state === 'active')
    expect(await aboutInfo(payer)).toBe(5)
  })
  test.for([
    ['signed', 'active'],
    ['not signed', 'abandoned'],
  ] as const)(
    'needs manual review after most of a day of silence, and no longer once UnionPay says %s',
    async ([said, state]) => {
      const { payer, id } = await givenUp(1)
      await sql('update contracts set checks = 7 where id = $1', [id])
      await world.advance(minutes(61))
      await unanswered(id, 8)
      expect(await row(id)).toMatchObject({ state: 'abandoned', needs_review: true })
      if (said === 'not signed')
        await world.control.addRule({
          interface: 'contract.info',
          match: { user_id: payer.wallet_user },
          effect: { kind: 'resp', resp: '00' },
          times: 1,
        })
      await world.advance(minutes(24 * 60 + 1))
      await until('it waits for nobody', async () => (await row(id)).needs_review === false)
      expect(await row(id)).toMatchObject({ state, check_due_at: null })
    },
  )
})

describe('"not signed"', () => {
  test('ends an active contract only when a second answer five minutes later repeats it', async () => {
    const { payer, id, contract_id } = await signed()
    await world.advance(minutes(10))
    await world.control.change({ notice_timing: 'never' })
    await sql(`update contracts set contract_id_digest = contract_id_digest where id = $1`, [id])
    await world.control.addRule({
      interface: 'contract.info',
      match: { user_id: payer.wallet_user },
      effect: { kind: 'resp', resp: '00' },
      times: 2,
    })
    await sweepNow(id)
    await until('the first answer is noted', async () => (await row(id)).not_signed_at !== null)
    expect((await payer.contract(id)).state).toBe('active')
    await world.advance(minutes(6))
    await until(
      'the contract has ended',
      async () => (await payer.contract(id)).state === 'terminated',
    )
    await world.control.change({ notice_timing: 'now' })
    expect(contract_id).toBeTruthy()
  })
  test('is counted from the start again once UnionPay said "signed" in between', async () => {
    const { payer, id } = await signed()
    const sayOnce = () =>
      world.control.addRule({
        interface: 'contract.info',
        match: { user_id: payer.wallet_user },
        effect: { kind: 'resp', resp: '00' },
        times: 1,
      })
    await world.advance(minutes(10))
    await sayOnce()
    await sweepNow(id)
    const first = await until(
      'the first answer is noted',
      async () => (await row(id)).not_signed_at,
    )
    await world.advance(minutes(6))
    await until('the second is “signed”: the next question is far away', async () => {
      const [one] = await sql(
        `select sweep_due_at > business_now() + interval '10 minutes' as far from contracts where id = $1`,
        [id],
      )
      return one?.far
    })
    await world.advance(minutes(6))
    await sayOnce()
    await sweepNow(id)
    await until('the third answer is noted', async () => {
      const { state, not_signed_at } = await row(id)
      return state !== 'active' || (not_signed_at && String(not_signed_at) !== String(first))
    })
    expect((await payer.contract(id)).state).toBe('active')
  })
  test('does not end a contract that is being ended, either, until it is said twice', async () => {
    const { payer, id } = await signed()
    await world.control.addRule({
      interface: 'contract.relieve',
      match: { user_id: payer.wallet_user },
      effect: { kind: 'reset_before' },
    })
    await world.control.addRule({
      interface: 'contract.info',
      match: { user_id: payer.wallet_user },
      effect: { kind: 'resp', resp: '00' },
    })
    await payer.terminate(id)
    await world.advance(minutes(1))
    await until('the first answer is noted', async () => (await row(id)).not_signed_at !== null)
    expect((await payer.contract(id)).state).toBe('terminating')
    await world.advance(minutes(6))
    await until(
      'the contract has ended',
      async () => (await payer.contract(id)).state === 'terminated',
    )
  })
})

describe('without an answer of UnionPay', () => {
  test('a failing relieve is tried five times, then a review begins and no charge is accepted', async () => {
    const { payer, id, contract_id } = await signed()
    await world.control.addRule({
      interface: 'contract.relieve',
      match: { user_id: payer.wallet_user },
      effect: { kind: 'reset_before' },
    })
    await payer.terminate(id)
    for (const attempt of [2, 3, 4, 5]) {
      await world.advance(minutes(7))
      await until(
        `relieve is sent for the ${attempt}th time`,
        async () => (await row(id)).relieve_attempts === attempt,
      )
    }
    await world.advance(minutes(7))
    await until('manual review begins', async () => (await row(id)).needs_review === true)
    expect(
      (await world.calls('contract.relieve')).filter(
        ({ user_id }) => user_id === payer.wallet_user,
      ),
    ).toHaveLength(5)
    expect((await payer.contract(id)).state).toBe('terminating')
    // UnionPay ends it without a notice: it is queried once a day, and no longer needs manual
    // review
    await world.control.change({ notice_timing: 'never' })
    await world.control.terminate(contract_id)
    await world.control.change({ notice_timing: 'now' })
    await world.advance(minutes(24 * 60 + 1))
    await until(
      'it is heard to have ended',
      async () => (await payer.contract(id)).state === 'terminated',
    )
    expect((await row(id)).needs_review).toBe(false)
  })
  test('to contract.info for a day, the contract needs manual review and is still queried', async () => {
    const { payer, id } = await signed()
    await sql(
      `update contracts set state = 'applying', step = 'sent', checks = 7, check_due_at = business_now() where id = $1`,
      [id],
    )
    await world.control.addRule({
      interface: 'contract.info',
      match: { user_id: payer.wallet_user },
      effect: { kind: 'html' },
      times: 1,
    })
    await until('manual review begins', async () => (await row(id)).needs_review === true)
    expect((await row(id)).check_due_at).not.toBeNull()
    expect(world.log.some((line) => line.includes('"contract_unresolved"'))).toBe(true)
  })
  test('each step is recorded with the time of its next attempt', async () => {
    const payer = await world.signedIn()
    const { signing_id, signing_page_url } = await payer.start(plan.vending)
    await world.control.addRule({
      interface: 'contract.apply',
      match: { user_id: payer.wallet_user },
      effect: { kind: 'timeout_after' },
      times: 1,
    })
    const back = payer.back(await payer.decide(signing_page_url))
    await until('apply is on its way', async () => (await row(signing_id)).step === 'sent')
    expect((await row(signing_id)).check_due_at).not.toBeNull()
    await back
    const other = await signed()
    await world.control.addRule({
      interface: 'contract.relieve',
      match: { user_id: other.payer.wallet_user },
      effect: { kind: 'timeout_after' },
      times: 1,
    })
    const ending = other.payer.terminate(other.id)
    await until('relieve is on its way', async () => (await row(other.id)).state === 'terminating')
    expect((await row(other.id)).check_due_at).not.toBeNull()
    await ending
  })
})

describe('manual review', () => {
  test('is required when the sweep receives a contract number other than ours', async () => {
    const { id } = await signed()
    await sql('update contracts set contract_id_sealed = $2 where id = $1', [
      id,
      world.app.contracts.cipher.seal('6218400000000000001'),
    ])
    await sweepNow(id)
    await until('it is marked', async () => (await row(id)).needs_review === true)
    expect((await row(id)).state).toBe('active')
  })
})

describe('a notice that arrives before our own apply is settled', () => {
  test('is not lost: the contract ends once it is known', async () => {
    const payer = await world.signedIn()
    const { signing_id, signing_page_url } = await payer.start(plan.vending)
    await world.control.addRule({
      interface: 'contract.apply',
      match: { user_id: payer.wallet_user },
      effect: { kind: 'timeout_after' },
      times: 1,
    })
    await payer.back(await payer.decide(signing_page_url))
    const contract = (await world.control.contracts()).find(
      ({ user_id }) => user_id === payer.wallet_user,
    )
    const result = await world.control.probe({
      contract_id: contract?.contract_id as string,
      signature: 'good',
    })
    expect(result.status).toBe(200)
    await world.advance(minutes(1))
    await until(
      'the signing is known',
      async () => (await payer.signing(signing_id)).state === 'succeeded',
    )
    expect(Number((await row(signing_id)).sweep_due_at)).toBeLessThan(
      Date.now() + minutes(10) + (await world.control.clock()).offset_ms,
    )
    const again = await world.control.probe({
      contract_id: contract?.contract_id as string,
      signature: 'good',
    })
    expect(again.status).toBe(200)
    await until(
      'the contract has ended',
      async () => (await payer.contract(signing_id)).state === 'terminated',
    )
  })
})

describe('a return', () => {
  const refusal = async (action: Promise<unknown>): Promise<string> =>
    action.then(
      () => 'accepted',
      (error: unknown) => (error instanceof Refused ? error.view.code : String(error)),
    )

  test('without state is never guessed when two signings are open', async () => {
    const payer = await world.signedIn()
    const first = await payer.start(plan.vending)
    const query = (await payer.decide(first.signing_page_url)).replace(/&?state=[^&]*/, '')
    const second = await payer.start(plan.membership)
    expect(await refusal(payer.back(query))).toBe('state_unknown')
    expect(await refusal(payer.back('errmsg=x&errorcode=y'))).toBe('state_unknown')
    expect((await payer.signing(second.signing_id)).state).toBe('waiting')
  })
  test('used before is refused where nobody is signed in', async () => {
    const payer = await world.signedIn()
    const { signing_page_url } = await payer.start(plan.vending)
    const query = await payer.decide(signing_page_url)
    await payer.back(query)
    expect(await refusal(world.sameWallet(payer).back(query))).toBe('state_used')
  })
  test('with a code of the silent scope creates no contract', async () => {
    const payer = await world.signedIn()
    const { signing_page_url } = await payer.start(plan.vending)
    const state = new URL(signing_page_url).searchParams.get('state')
    const code = await world.control.code(payer.wallet_user, 'upapi_base')
    expect(await payer.back(`code=${encodeURIComponent(code)}&state=${state}`)).toMatchObject({
      state: 'failed',
      reason: 'code_refused',
    })
    expect(
      (await world.calls('contract.apply')).filter(({ user_id }) => user_id === payer.wallet_user),
    ).toEqual([])
  })
  test('with a NUL in its errorcode is a return like any other', async () => {
    const payer = await world.signedIn()
    const { signing_page_url } = await payer.start(plan.vending)
    const state = new URL(signing_page_url).searchParams.get('state')
    expect((await payer.back(`state=${state}&errorcode=%00&errmsg=%00`)).state).toBe('cancelled')
  })
})

test('a withdrawn plan accepts no new contract and retains the existing ones', async () => {
  const { payer } = await signed(plan.membership)
  const found = world.app.contracts.catalogue.find(plan.membership)
  if (!found) throw new Error('the plan is gone')
  found.accepts_new = false
  const other = await world.signedIn()
  await expect(other.start(plan.membership)).rejects.toSatisfy(
    (error) => error instanceof Refused && error.view.code === 'plan_withdrawn',
  )
  expect((await payer.contracts())[0]?.state).toBe('active')
  found.accepts_new = true
})
