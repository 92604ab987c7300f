import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { BreakView } from '../../server/api.ts'
import { createOperator } from '../support/operator.ts'
import { utilities } from '../support/charging.ts'
import { lineOf, startReconcilingWorld, type ReconcilingWorld } from '../support/reconciling.ts'
import { linesOf, nameOf, statementZip, zipOf, zmeLine, zmLine } from '../support/statement-file.ts'

/** One unreadable part affects nothing else of the day, and is a break of its own. */

let world: ReconcilingWorld
beforeAll(async () => {
  world = await startReconcilingWorld()
})
beforeEach(() => world.reset())
afterAll(() => world.stop())

const settled = async (order_id: string): Promise<void> =>
  expect(await world.merchant.read(order_id)).toMatchObject({
    state: 'succeeded',
    settle_on: world.day(),
  })

describe('beside readable lines', () => {
  test('a line with an unreadable amount is a break, and its order is neither paid nor missing', async () => {
    const [good, bad] = [await world.charge('pending'), await world.charge('pending', 480)]
    const unreadable = Buffer.from(lineOf(bad)).fill('x', 66, 78)
    const { statement, compared } = await world.fetchStatement(
      statementZip([unreadable, lineOf(good)]),
    )
    expect(statement).toMatchObject({
      state: 'reconciled',
      problem: null,
      lines: 1,
      settled_orders: 1,
      breaks_found: 1,
      open_breaks: 1,
    })
    expect(compared?.counts).toEqual({ not_compared: 1 })
    await settled(good.order_id)
    expect(await world.merchant.read(bad.order_id)).toMatchObject({
      state: 'pending',
      needs_review: false,
    })
    expect(await world.breaks()).toMatchObject([
      {
        kind: 'not_compared',
        order_id: null,
        amount_fen: 0,
        ours: null,
        theirs: null,
        unread: { file: nameOf('ZM'), lines: [1], count: 1, why: 'its amount is unreadable' },
        actions: ['acknowledge'],
        state: 'open',
      },
    ])
    expect(world.log.some((line) => line.includes('"breaks":{"not_compared":1}'))).toBe(true)
    // the file issued again, with the correct line
    expect(
      (await world.fetchStatement(statementZip([lineOf(bad), lineOf(good)]))).statement,
    ).toMatchObject({ open_breaks: 0, settled_orders: 2 })
    await settled(bad.order_id)
  })

  test('a line of another of our merchant numbers settles nothing and names its merchant', async () => {
    const good = await world.charge('pending')
    const other = await world.charge('pending', 480)
    await world.fetchStatement(
      statementZip([
        lineOf(good),
        lineOf(other, { merchant: utilities, query_id: '8'.repeat(21) }),
      ]),
    )
    await settled(good.order_id)
    expect(await world.merchant.read(other.order_id)).toMatchObject({ state: 'pending' })
    expect(await world.breaks()).toMatchObject([
      {
        kind: 'not_compared',
        order_id: other.order_id,
        order_kind: null,
        amount_fen: 480,
        query_id: '8'.repeat(21),
        theirs: { amount_fen: 480, line: 2 },
        unread: { lines: [2], why: `it is about another merchant number, ${utilities}` },
      },
    ])
  })

  test.for([
    ['a damaged ZME', { bytes: linesOf([zmeLine()]), claims: { crc: 1 } }],
    ['an encrypted ZME', { bytes: linesOf([zmeLine()]), claims: { flags: 1 } }],
    ['a page in place of ZME', { bytes: Buffer.from('<html>\r\n'.repeat(50)) }],
  ] as const)('%s is one break, and ZM is compared', async ([, zme]) => {
    const good = await world.charge('pending')
    const zip = zipOf([
      { name: nameOf('ZM').toLowerCase(), bytes: linesOf([lineOf(good)]) },
      { name: nameOf('ZME').toLowerCase(), ...zme },
    ])
    expect((await world.fetchStatement(zip)).compared?.counts).toEqual({ not_compared: 1 })
    await settled(good.order_id)
    expect((await world.breaks())[0]?.unread?.file).toBe(nameOf('ZME').toLowerCase())
  })

  test('thirty thousand lines of garbage are twenty breaks and one', async () => {
    const good = await world.charge('pending')
    const garbage = Array.from({ length: 30_000 }, (_, place) => Buffer.from(`x${place}`))
    const { compared } = await world.fetchStatement(statementZip([lineOf(good), ...garbage]))
    expect(compared?.counts).toEqual({ not_compared: 21 })
    const counts = (await world.breaks()).map(({ unread }) => unread?.count ?? 0)
    expect(Math.max(...counts)).toBe(29_980)
    await settled(good.order_id)
  })
})

describe('an operator', () => {
  const unreadable = (order_id: string): Buffer =>
    Buffer.from(zmLine({ order_id, trace: '000001', query_id: '' })).fill('x', 66, 78)
  test('previews and acknowledges it in the console; the same line stays acknowledged, another does not', async () => {
    const good = await world.charge('succeeded')
    await world.fetchStatement(statementZip([lineOf(good), unreadable('B1')]))
    const [found] = await world.breaks()
    const operator = await createOperator(world.url, world.database, 'bert', 'operator')
    await operator.signIn()
    const shown = await operator.call<{ breaks: BreakView[] }>(
      'GET',
      `/statements/${found?.statement}/breaks`,
    )
    expect(shown.breaks).toMatchObject([{ id: found?.id, unread: { lines: [2] } }])
    const decision = { action: 'acknowledge', note: '银联已说明' }
    expect(await operator.call('POST', `/breaks/${found?.id}/preview`, decision)).toMatchObject({
      dry_run: true,
      order: null,
      break: { state: 'open' },
    })
    expect(await operator.call('POST', `/breaks/${found?.id}/resolution`, decision)).toEqual({
      done: true,
    })
    await world.fetchStatement(statementZip([unreadable('B1'), lineOf(good), unreadable('B2')]))
    expect((await world.breaks()).map(({ state, unread }) => [state, unread?.lines])).toEqual([
      ['resolved', [2]],
      ['open', [3]],
    ])
  })

  test('who requests the day sees it before anything is changed, and nothing repairs it', async () => {
    const good = await world.charge('pending')
    const zip = statementZip([lineOf(good), unreadable('B1')])
    expect((await world.nextDay(zip, true, world.day())).counts).toEqual({ not_compared: 1 })
    expect(await world.merchant.read(good.order_id)).toMatchObject({ state: 'pending' })
    expect(await world.apply(zip)).toMatchObject({
      repaired: 0,
      compared: { settled_orders: 1, counts: { not_compared: 1 } },
    })
  })
})
