import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { secondMerchant } from '../support/gateway-caller.ts'
import { startGatewayWorld, type GatewayWorld } from '../support/gateway-world.ts'
import { metroPlan } from '../support/open-platform-caller.ts'

let world: GatewayWorld
beforeAll(async () => void (world = await startGatewayWorld()))
beforeEach(() => world.begin())
afterAll(() => world.stop())

const cardsOf = async () => (await world.control.users())[0]?.cards ?? []
const setCards = (...cards: { balance_fen?: number; refuses?: string }[]) =>
  world.control.changeUser('wallet-1', {
    cards: cards.map((card, at) => ({
      bank: `银行 ${at + 1}`,
      kind: 'debit' as const,
      last4: `000${at}`,
      ...card,
    })),
  })
const token = (change: string) => ({ tokenPayData: change })

test.each([
  [
    'an unknown contract number',
    '89',
    (id: string) => `{token=${id.slice(0, -1)}X&trId=62000000001&tokenType=01}`,
  ],
  [
    "a trId that is not the merchant's",
    '89',
    (id: string) => `{token=${id}&trId=62000000016&tokenType=01}`,
  ],
  [
    'a planId of another plan',
    '89',
    (id: string) => `{token=${id}&planId=${metroPlan}&tokenType=01}`,
  ],
  ['neither trId nor planId', '13', (id: string) => `{token=${id}&tokenType=01}`],
  ['no token', '13', () => '{trId=62000000001&tokenType=01}'],
  ['another tokenType', '10', (id: string) => `{token=${id}&trId=62000000001&tokenType=02}`],
])('%s is %s', async (_what, code, form) => {
  const { answer } = await world.merchant.charge(
    world.contract_id,
    350,
    token(form(world.contract_id)),
  )
  expect(answer.respCode).toBe(code)
  expect(await world.gateway.ledger()).toEqual([])
})

test('the parts of tokenPayData may come in any order, with planId in place of trId', async () => {
  const { contract_id, merchant } = world
  expect(
    (await merchant.charge(contract_id, 350, token(`{trId=62000000001&token=${contract_id}}`)))
      .answer.respCode,
  ).toBe('00')
  expect(
    (
      await merchant.charge(
        contract_id,
        350,
        token(`{token=${contract_id}&planId=a1f0c3d2e4b5968778695a4b3c2d1e04&tokenType=01}`),
      )
    ).answer.respCode,
  ).toBe('00')
})

/** 01/10 with the contract number in a field of its own */
const byContractId = (contractId: string) => ({
  txnSubType: '10',
  bizType: '000000',
  tokenPayData: undefined,
  contractId,
  accType: '01',
  frontUrl: 'https://merchant.example.com',
})

test('a charge by contract number (01/10) is booked, refunded under its own bizType, and refused like any other', async () => {
  const { contract_id, merchant } = world
  const sent = await merchant.charge(contract_id, 350, byContractId(contract_id))
  expect(sent.answer.respCode).toBe('00')
  const { query_id } = await world.settled(sent)
  for (const bizType of ['000501', '000201']) {
    const back = await merchant.requestRefund('refund', query_id ?? '', 100, { bizType })
    expect(back.answer.respCode).toBe('00')
  }
  const codes = []
  for (const change of [
    byContractId(`${contract_id.slice(0, -1)}X`),
    { ...byContractId(contract_id), bizType: '000902' },
    { ...byContractId(contract_id), contractId: undefined },
  ])
    codes.push((await merchant.charge(contract_id, 350, change)).answer.respCode)
  expect(codes).toEqual(['89', '43', '13'])
  await world.control.terminate(contract_id)
  expect((await merchant.charge(contract_id, 350, byContractId(contract_id))).answer.respCode).toBe(
    '80',
  )
})

test('a switch limits the merchant to one of the two messages', async () => {
  const { contract_id, merchant } = world
  const codes = async () => [
    (await merchant.charge(contract_id)).answer.respCode,
    (await merchant.charge(contract_id, 350, byContractId(contract_id))).answer.respCode,
  ]
  await world.control.change({ charge_carriers: 'contract_id' })
  expect(await codes()).toEqual(['43', '00'])
  await world.control.change({ charge_carriers: 'token' })
  expect(await codes()).toEqual(['00', '43'])
})

test('a switch makes the contract number travel as Base64', async () => {
  await world.control.change({ charge_token_form: 'base64' })
  const form = `{token=${Buffer.from(world.contract_id).toString('base64')}&trId=62000000001&tokenType=01}`
  expect((await world.merchant.charge(world.contract_id, 350, token(form))).answer.respCode).toBe(
    '00',
  )
  expect((await world.merchant.charge(world.contract_id)).answer.respCode).toBe('89')
})

test('a terminated contract is 80, and a later query reports it', async () => {
  await world.control.terminate(world.contract_id)
  const charge = await world.merchant.charge(world.contract_id)
  expect(charge.answer.respCode).toBe('80')
  await world.control.advance(301_000)
  expect((await world.merchant.query(charge)).answer).toMatchObject({
    respCode: '00',
    origRespCode: '80',
  })
})

test("another bizType than the product's is 43; a merchant outside the template's list is 32", async () => {
  expect(
    (await world.merchant.charge(world.contract_id, 350, { bizType: '000000' })).answer.respCode,
  ).toBe('43')
  expect(
    (await world.merchant.charge(world.contract_id, 350, { merId: secondMerchant })).answer
      .respCode,
  ).toBe('32')
  expect(
    (await world.merchant.charge(await world.sign(metroPlan), 350, { merId: secondMerchant }))
      .answer.respCode,
  ).toBe('00')
})

test('a repeated orderId is 12, also for another contract and another time', async () => {
  const charge = await world.paid()
  const { orderId } = charge.fields
  expect((await world.merchant.send('backTransReq.do', charge.fields)).answer.respCode).toBe('12')
  expect(
    (await world.merchant.charge(await world.sign(metroPlan), 200, { orderId })).answer.respCode,
  ).toBe('12')
  expect(await world.gateway.ledger()).toHaveLength(1)
})

test('a single limit, and a limit per Beijing day that counts pending charges and not failed ones', async () => {
  const { merchant, contract_id, control } = world
  await control.setClock(new Date('2027-03-01T04:00:00Z'))
  expect((await merchant.charge(contract_id, 5_001)).answer).toMatchObject({
    respCode: '33',
    respMsg: expect.stringContaining('单笔'),
  })
  await world.gateway.addRule({
    match: { amount_fen: 5_000 },
    effect: { kind: 'outcome', resp: '64' },
    times: 1,
  })
  await world.settled(await merchant.charge(contract_id, 5_000))
  await world.gateway.addRule({
    match: { amount_fen: 4_999 },
    effect: { kind: 'plain', book_after_ms: null },
  })
  for (const amount of [5_000, 4_999, 5_000, 5_000])
    expect((await merchant.charge(contract_id, amount)).answer.respCode).toBe('00')
  expect((await merchant.charge(contract_id, 2)).answer).toMatchObject({
    respCode: '33',
    respMsg: expect.stringContaining('单日'),
  })
  expect((await merchant.charge(contract_id, 1)).answer.respCode).toBe('00')
  await control.setClock(new Date('2027-03-01T16:00:01Z')) // midnight in Beijing
  expect((await merchant.charge(contract_id, 2)).answer.respCode).toBe('00')
})

test("cards are tried in the user's order until one pays", async () => {
  await setCards({ refuses: '73' }, { balance_fen: 349 }, { balance_fen: 1_000 })
  await world.paid(350)
  expect(await world.gateway.ledger()).toMatchObject([
    { card: { bank: '银行 3', last4: '0002' }, advanced: false },
  ])
  expect((await cardsOf()).map((card) => card.balance_fen)).toEqual([undefined, 349, 650])
})

test.each([
  ['too little on every card', '64', [{ balance_fen: 10 }, { balance_fen: 349 }]],
  ['the last card refusing', '73', [{ balance_fen: 10 }, { refuses: '73' }]],
  ['no card at all', '30', []],
])('%s: the charge fails with %s, reported by a notification', async (_what, code, cards) => {
  await setCards(...cards)
  const charge = await world.merchant.charge(world.contract_id)
  expect(charge.answer.respCode).toBe('00')
  expect((await world.notified())[0]).toMatchObject({
    orderId: charge.fields.orderId,
    respCode: code,
  })
  expect(await world.gateway.ledger()).toEqual([])
  expect(await world.settled(charge)).toMatchObject({ state: 'failed', resp_code: code })
})

test('a plan with 银联垫付 is paid although every card fails, and the ledger says advanced', async () => {
  await setCards({ balance_fen: 0 }, { refuses: '63' })
  await world.paid(400, await world.sign(metroPlan))
  expect((await world.notified())[0]).toMatchObject({ respCode: '00' })
  expect(await world.gateway.ledger()).toMatchObject([
    { amount_fen: 400, card: null, advanced: true },
  ])
})

test('booking waits for its delay on the sandbox clock; until then a charge has moved no money', async () => {
  await world.control.change({ booking_delay_ms: 3_600_000 })
  const charge = await world.merchant.charge(world.contract_id)
  expect(await world.gateway.order(charge.fields.orderId ?? '')).toMatchObject({
    state: 'accepted',
    booked_at: null,
  })
  expect(await world.gateway.ledger()).toEqual([])
  await world.control.advance(3_600_000)
  expect(await world.settled(charge)).toMatchObject({ state: 'succeeded' })
})

test('a charge booked after 23:00 in Beijing belongs to the next clearing day', async () => {
  await world.control.setClock(new Date('2027-03-05T14:59:00Z'))
  const before = await world.paid()
  await world.control.setClock(new Date('2027-03-05T15:00:01Z'))
  const after = await world.paid()
  expect([before.order.clearing_day, after.order.clearing_day]).toEqual([
    '2027-03-05',
    '2027-03-06',
  ])
  expect((await world.gateway.ledger()).map((one) => one.settle_date)).toEqual(['0305', '0306'])
})
