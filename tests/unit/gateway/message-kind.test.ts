import { describe, expect, test } from 'vitest'
import {
  contradictions,
  findContradiction,
  whyNotAnAnswer,
  whyNotANotification,
} from '../../../server/unionpay/gateway/message-kind.ts'
import { queryCharge } from '../../../server/unionpay/operations/query-charge.ts'
import { refundCharge } from '../../../server/unionpay/operations/refund-charge.ts'
import { readSettings } from '../../../server/settings.ts'
import { paid } from '../../support/acp-authority.ts'

const { notification_required_fields: required } = readSettings({})
type Change = Record<string, string | null>
const changed = (change: Change): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ ...paid, ...change }).filter(
      (pair): pair is [string, string] => pair[1] !== null,
    ),
  )
const whyOf = (change: Change, treatment: 'succeeded' | 'failed' | 'unknown' = 'succeeded') =>
  whyNotANotification(changed(change), required, treatment)?.why ?? null

const without_trace = { traceNo: null, traceTime: null, settleDate: null }
const converted = { settleCurrencyCode: '840', settleAmt: '50' }

describe('a signed message posted as a notification', () => {
  test('must have traceNo, traceTime and settleDate unless the setting says otherwise', () => {
    expect(required).toEqual(['traceNo', 'traceTime', 'settleDate'])
    const read = (text: string) => readSettings({ NOTIFICATION_REQUIRED_FIELDS: text })
    expect(read('queryId').notification_required_fields).toEqual(['queryId'])
    expect(read('none').notification_required_fields).toEqual([])
    expect(() => read('traceNo,settle date')).toThrow('NOTIFICATION_REQUIRED_FIELDS')
  })

  test.for<[string, Change, string | null]>([
    ['a success', {}, null],
    ['with fields nobody knows', { surprise: 'x' }, null],
    ['a query answer about a payment', { origRespCode: '00', origRespMsg: '成功' }, 'query_answer'],
    ['a query answer about a decline', { origRespCode: '64' }, 'query_answer'],
    ['a refused query', { origRespCode: '00', respCode: '64' }, 'query_answer'],
    ['an empty origRespCode', { origRespCode: '' }, 'query_answer'],
    ['origRespMsg alone', { origRespMsg: '成功' }, 'query_answer'],
    ['the answer to a query that found nothing', { txnType: '00' }, 'query_answer'],
    ['a synchronous answer', without_trace, 'answer'],
    ['a file answer', { txnType: '76', fileContent: 'eJw=' }, 'answer'],
    ['a certificate answer', { txnType: '95', encryptPubKeyCert: 'x' }, 'answer'],
    ['without traceNo', { traceNo: null }, 'incomplete'],
    ['without traceTime', { traceTime: null }, 'incomplete'],
    ['without settleDate', { settleDate: null }, 'incomplete'],
    ['with an empty settleDate', { settleDate: '' }, 'incomplete'],
    ['with an unreadable traceTime', { traceTime: 'noon' }, 'incomplete'],
    ['that settles another amount', { settleAmt: '351' }, 'inconsistent'],
    ['that settles nothing', { settleAmt: '0' }, 'inconsistent'],
    ['that settles an unreadable amount', { settleAmt: '3.50' }, 'inconsistent'],
    ['with a padded amount', { settleAmt: '000000000350' }, null],
    ['without settleAmt', { settleAmt: null, settleCurrencyCode: null }, null],
    ['converted without a rate', converted, 'inconsistent'],
    ['converted with its rate', { ...converted, exchangeRate: '61440' }, null],
    ['a charge with an original', { origQryId: '1'.repeat(21) }, 'inconsistent'],
    ['a refund of itself', { txnType: '04', origQryId: paid.queryId }, 'inconsistent'],
    ['a refund of a charge', { txnType: '04', origQryId: '1'.repeat(21) }, null],
  ])('%s: %j is %s', ([, change, why]) => expect(whyOf(change)).toBe(why))

  test('of a decline may settle nothing, or the requested order', () => {
    expect(whyOf({ respCode: '64', settleAmt: '0' }, 'failed')).toBeNull()
    expect(whyOf({ respCode: '64', settleAmt: '350' }, 'failed')).toBeNull()
    expect(whyOf({ respCode: '64', settleAmt: '1' }, 'failed')).toBe('inconsistent')
  })

  test('is refused with the reason', () =>
    expect(whyNotANotification(changed({ traceNo: null }), required, 'succeeded')).toEqual({
      why: 'incomplete',
      detail: 'it has no readable traceNo',
    }))

  test('with the setting `none` is a notification unless it answers a query or another operation', () => {
    const whyThen = (change: Change) =>
      whyNotANotification(changed(change), [], 'succeeded')?.why ?? null
    expect([
      whyThen(without_trace),
      whyThen({ ...without_trace, origRespCode: '00' }),
      whyThen({ ...without_trace, txnType: '76', fileContent: 'eJw=' }),
      whyThen({ settleAmt: '1' }),
    ]).toEqual([null, 'query_answer', 'answer', 'inconsistent'])
  })
})

const order = {
  merchant: paid.merId,
  order_id: paid.orderId,
  txn_time: paid.txnTime,
  amount_fen: 350,
}

describe('a synchronous answer', () => {
  const { codes, original } = {
    codes: { txnType: '01', txnSubType: '01', bizType: '000902', channelType: '07' },
    original: { query_id: null, order_id: '', txn_time: '' },
  }
  const read = (change: Change) =>
    refundCharge.read(changed({ ...without_trace, settleAmt: null, ...change }), {
      ...order,
      back_url: '',
      codes,
      original,
    })
  test('is open when it has a field of a query answer, or contradicts itself', () => {
    for (const [change, detail] of [
      [{ origRespCode: '64' }, 'origRespCode'],
      [{ respCode: '64', origRespMsg: '成功' }, 'origRespMsg'],
      [{ respCode: '64', settleAmt: '1' }, 'settleAmt'],
    ] as const)
      expect(read(change)).toMatchObject({
        kind: 'unknown',
        why: 'mismatch',
        detail: expect.stringContaining(detail),
      })
    expect(whyNotAnAnswer(changed(without_trace))).toBeNull()
  })
  test('means accepted only, also when a notification of success comes in its place', () =>
    expect([read({}).kind, read(paid).kind]).toEqual(['accepted', 'accepted']))
})

test('an answer to a query is accepted when it has origRespCode and is consistent', () => {
  const read = (change: Change) =>
    queryCharge.read(changed(change), { ...order, txn_type: '01', biz_type: '000000' })
  const found = { origRespCode: '00', origRespMsg: '成功' }
  expect(read(found)).toMatchObject({ kind: 'state', ruling: { treatment: 'succeeded' } })
  expect(read({ ...found, origRespCode: '64', settleAmt: '0' })).toMatchObject({
    kind: 'state',
    ruling: { treatment: 'failed' },
  })
  expect(read({})).toMatchObject({ kind: 'unknown', why: 'broken_answer' })
  expect(read(without_trace)).toMatchObject({ kind: 'unknown', why: 'broken_answer' })
  for (const change of [
    { settleAmt: '1' },
    { settleCurrencyCode: '840' },
    { origRespCode: '64', settleAmt: '1' },
    { origQryId: '1'.repeat(21) },
  ])
    expect(read({ ...found, ...change })).toMatchObject({ kind: 'unknown', why: 'mismatch' })
  expect(read({ ...found, respCode: '64' })).toMatchObject({ kind: 'failed' })
  expect(read({ ...found, respCode: '34' })).toMatchObject({ kind: 'not_found' })
})

test('only messages that would settle something are checked for contradictions, and each pair has its reason', () => {
  expect(findContradiction(changed({ settleAmt: '0' }), 'unknown')).toBeNull()
  expect(findContradiction(changed({ settleAmt: '0' }), 'accepted')).toBeNull()
  expect(findContradiction(changed({ settleAmt: '1' }), 'succeeded')).toBe(
    'txnAmt is 350 beside settleAmt 1: in one currency what is settled is what was paid; a decline may settle nothing',
  )
  for (const { why } of contradictions) expect(why.length).toBeGreaterThan(20)
})
