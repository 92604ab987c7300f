import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ConsoleChargeView } from '../../server/api.ts'
import { createOperator, type ConsoleOperator } from '../support/operator.ts'
import { lineOf, startReconcilingWorld, type ReconcilingWorld } from '../support/reconciling.ts'
import { statementZip } from '../support/statement-file.ts'

/** What a review shows to an operator: the source of the difference, and both values. */

let world: ReconcilingWorld
let anna: ConsoleOperator
beforeAll(async () => {
  world = await startReconcilingWorld()
  anna = await createOperator(world.url, world.database, 'anna', 'viewer')
  await anna.signIn()
})
afterAll(() => world.stop())

const reviewsOf = async (order_id: string) =>
  (await anna.call<ConsoleChargeView>('GET', `/charges/${order_id}`)).reviews

test.for([
  [{ txnAmt: '1' }, [{ what: 'amount', ours: '710', theirs: '1' }]],
  [{ txnAmt: null }, [{ what: 'amount', ours: '710', theirs: null }]],
  [{ currencyCode: '840' }, [{ what: 'currency', ours: '156', theirs: '840' }]],
  [
    { txnTime: '20200101000000' },
    [{ what: 'txn_time', ours: expect.stringMatching(/^20\d{12}$/), theirs: '20200101000000' }],
  ],
  [{ txnType: '04' }, []],
] as const)(
  'a notification that differs from the order is shown with both values: %o',
  async ([override, values]) => {
    const { charge } = await world.paid(710)
    expect(await reviewsOf(charge.order_id)).toEqual([])
    await world.gateway.probe({ order_id: charge.order_id, override })
    expect(await reviewsOf(charge.order_id)).toEqual([
      { order_id: charge.order_id, source: 'notification', at: expect.any(String), values },
    ])
  },
)

test('a refusal after the success is shown with the states of both and the code', async () => {
  const { charge } = await world.paid(730)
  await world.gateway.probe({ order_id: charge.order_id, resp_code: '60' })
  expect(await reviewsOf(charge.order_id)).toMatchObject([
    {
      source: 'notification',
      values: [
        { what: 'state', ours: 'succeeded', theirs: 'failed' },
        { what: 'code', ours: null, theirs: '60' },
      ],
    },
  ])
})

test('a statement that differs from the order is shown as the statement, with both amounts', async () => {
  await world.reset()
  const differs = await world.charge('succeeded')
  const failed = await world.charge('failed')
  await world.fetchStatement(
    statementZip([
      lineOf(differs, { amount_fen: 360 }),
      lineOf(failed, { query_id: '862026112200000000043' }),
    ]),
  )
  expect(await reviewsOf(differs.order_id)).toMatchObject([
    { source: 'statement', values: [{ what: 'amount', ours: '350', theirs: '360' }] },
  ])
  expect(await reviewsOf(failed.order_id)).toMatchObject([
    { source: 'statement', values: [{ what: 'state', ours: 'failed', theirs: 'succeeded' }] },
  ])
})
