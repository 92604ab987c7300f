import { afterAll, beforeAll, expect, test } from 'vitest'
import { plan, startWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ jobs: false })
})
afterAll(async () => world.stop())

/** The same payer at UnionPay's page in two tabs. */
async function inTwoTabs() {
  const payer = await world.signedIn()
  const tabs = [await payer.start(plan.vending), await payer.start(plan.vending)] as const
  const [first, second] = [
    await payer.decide(tabs[0].signing_page_url),
    await payer.decide(tabs[1].signing_page_url),
  ]
  return { payer, tabs, first, second }
}
const applied = async (wallet_user: string): Promise<number> =>
  (await world.calls('contract.apply')).filter(({ user_id }) => user_id === wallet_user).length

test('a payer who agrees in two tabs has one contract, and the second tab says so and leads to it', async () => {
  const { payer, tabs, first, second } = await inTwoTabs()
  const signed = await payer.back(first)
  expect(signed).toMatchObject({ state: 'succeeded', reason: null })
  const expected = {
    signing_id: tabs[1].signing_id,
    state: 'succeeded',
    reason: 'already_signed',
    contract: { id: signed.contract?.id, state: 'active' },
  }
  expect(await payer.back(second)).toMatchObject(expected)
  expect(await payer.signing(tabs[1].signing_id)).toMatchObject(expected)
  expect(await payer.contracts()).toHaveLength(1)
  expect(await applied(payer.wallet_user)).toBe(1)
})

test('both tabs at once: one contract, and both lead to it', async () => {
  const { payer, first, second } = await inTwoTabs()
  const views = await Promise.all([payer.back(first), payer.back(second)])
  const [contract] = await payer.contracts()
  for (const { signing_id } of views)
    expect(await payer.signing(signing_id)).toMatchObject({
      state: 'succeeded',
      contract: { id: contract?.id },
    })
  expect(await payer.contracts()).toHaveLength(1)
})

test('while UnionPay has not answered the first tab, the second waits for the same answer', async () => {
  const { payer, tabs, first, second } = await inTwoTabs()
  await world.control.addRule({
    interface: 'contract.apply',
    match: { user_id: payer.wallet_user },
    effect: { kind: 'timeout_after' },
    times: 1,
  })
  expect(await payer.back(first)).toMatchObject({ state: 'processing' })
  expect(await payer.back(second)).toMatchObject({
    state: 'processing',
    reason: 'outcome_unknown',
    contract: null,
  })
  await world.database.pool.query(
    `update contracts set state = 'rejected', reason = 'rejected' where id = $1`,
    [tabs[0].signing_id],
  )
  expect(await payer.signing(tabs[1].signing_id)).toMatchObject({
    state: 'failed',
    reason: 'rejected',
  })
})

test('a contract that was signed after the second tab was refused is not mistaken for the first', async () => {
  const { payer, tabs, first, second } = await inTwoTabs()
  const signed = await payer.back(first)
  await payer.back(second)
  await payer.terminate(signed.contract?.id ?? '')
  await payer.sign(plan.vending)
  expect(await payer.signing(tabs[1].signing_id)).toMatchObject({
    contract: { id: signed.contract?.id, state: 'terminated' },
  })
})
