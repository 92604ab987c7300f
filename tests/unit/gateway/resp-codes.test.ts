import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findMismatches } from '../../../server/unionpay/gateway/match.ts'
import { resp_codes } from '../../../server/unionpay/gateway/resp-code-table.ts'
import {
  adviseOn,
  ruleOn,
  ruleOnQuery,
  type CodeSource,
} from '../../../server/unionpay/gateway/resp-codes.ts'

const sources: CodeSource[] = ['answer', 'notification', 'query']
const words = (text: string): string[] => text.split(' ')
const treat = (code: string): string =>
  sources.map((source) => ruleOn(source, code).treatment).join(' ')

/** By hand from ACP §4.2: code → treatment in an answer, in a notification, in a query. */
const expected: Record<string, string> = {
  ...Object.fromEntries(
    words(
      '10 11 13 14 30 31 32 33 35 36 38 39 40 43 44 45 46 61 62 63 64 65 66 67 68 69 71 72 73 76 77 78 80 81 82 85 86 87 88 89 90 91',
    ).map((code) => [code, 'failed failed failed']),
  ),
  ...Object.fromEntries(
    words('03 04 05 12 34 37 41 42 70 74 75 79 83 92 93 94 95 96 98').map((code) => [
      code,
      'unknown unknown unknown',
    ]),
  ),
  ...Object.fromEntries(words('01 02 06 60 99').map((code) => [code, 'unknown failed failed'])),
  '00': 'accepted succeeded succeeded',
  A6: 'accepted succeeded succeeded',
}

describe('every respCode', () => {
  test.for(Object.entries(expected))('%s is %s', ([code, treatments]) =>
    expect(treat(code)).toBe(treatments),
  )
  test('of the table is tested here', () =>
    expect(Object.keys(resp_codes).toSorted()).toEqual(Object.keys(expected).toSorted()))
  test('has a Chinese sentence for the payer and an English one for the operator at every source, and never asks to pay again while it is open', () => {
    for (const code of [...Object.keys(expected), 'ZZ']) {
      for (const source of sources) {
        const { payer, operator, treatment } = ruleOn(source, code)
        expect([code, source, payer]).toEqual([
          code,
          source,
          expect.stringMatching(/^[^A-Za-z]*[\u4e00-\u9fff][^A-Za-z]*。$/),
        ])
        expect(operator).toMatch(/^[\x20-\x7e]{9,}[.]$/)
        if (treatment === 'unknown') expect(payer).toContain('不要重复支付')
        if (treatment !== 'succeeded') expect(payer).not.toMatch(/^交易成功/)
      }
    }
  })
})

test('a synchronous answer never means paid, whatever its code', () => {
  fc.assert(
    fc.property(fc.oneof(fc.constantFrom(...Object.keys(expected)), fc.string()), (code) => {
      expect(ruleOn('answer', code).treatment).not.toBe('succeeded')
    }),
  )
})
test('an unlisted code is unknown at every source, also one that names a property of objects', () => {
  for (const code of ['', 'XX', '000', 'a6', 'constructor', '__proto__', '97'])
    expect(treat(code)).toBe('unknown unknown unknown')
})
test('marks: A6 for review, 80 and 89 the contract, 37 the pace, 42, 74 and 75 that money moved', () => {
  const marked = (mark: 'review' | 'contract_problem' | 'backs_off' | 'money_moved') =>
    Object.keys(expected)
      .filter((code) => ruleOn('query', code)[mark])
      .toSorted()
  expect([
    marked('review'),
    marked('contract_problem'),
    marked('backs_off'),
    marked('money_moved'),
  ]).toEqual([['A6'], ['80', '89'], ['37'], ['42', '74', '75']])
})
test('the payer receives the advice of ACP §4.2 for a failed code, otherwise to contact the merchant', () => {
  const advised = (advice: string) =>
    Object.keys(expected).filter((code) => adviseOn(code) === advice)
  expect(advised('top_up').toSorted()).toEqual(words('64 90'))
  expect(advised('change_card').toSorted()).toEqual(words('30 61 62 65 68 72 73 76 77 82'))
  expect(advised('ask_bank').toSorted()).toEqual(words('60 63 66 67 78 91'))
  expect(advised('sign_again').toSorted()).toEqual(words('40 80 89'))
  expect(advised('wait').toSorted()).toEqual(words('01 02 06 39 69 99'))
  expect(advised('over_limit').toSorted()).toEqual(words('33 38 81'))
  expect(adviseOn('ZZ')).toBe('ask_merchant')
})
test("a query's own code says whether there is an answer, not the state of the charge", () => {
  expect(['00', '34', '37', '10', '03', 'ZZ'].map(ruleOnQuery)).toEqual([
    'answered',
    'not_found',
    'backs_off',
    'failed',
    'failed',
    'failed',
  ])
})

describe('a verified message must be about this order', () => {
  const order = {
    merId: '898310148160568',
    orderId: 'T0000000001',
    txnTime: '20261122120000',
    txnType: '01',
    txnAmt: '350',
    currencyCode: '156',
  }
  test.for(Object.keys(order) as (keyof typeof order)[])(
    '%s that differs, is empty or missing is named',
    (name) => {
      const { [name]: _left, ...rest } = order
      const required = { money: 'required' } as const
      expect(findMismatches({ ...order, [name]: '9' }, order, required)).toEqual([
        { field: name, expected: order[name], found: '9' },
      ])
      expect(findMismatches({ ...order, [name]: '' }, order, required)).toHaveLength(1)
      expect(findMismatches(rest, order, required)).toEqual([
        { field: name, expected: order[name], found: null },
      ])
    },
  )
  test('amount and currency may be missing from a refusal, but never differ', () => {
    const { txnAmt: _amount, currencyCode: _currency, ...rest } = order
    expect(findMismatches(rest, order, { money: 'if_present' })).toEqual([])
    expect(findMismatches({ ...rest, txnAmt: '351' }, order, { money: 'if_present' })).toHaveLength(
      1,
    )
  })
  test('an amount padded with zeros is the same amount, other spellings are not', () => {
    expect(
      findMismatches({ ...order, txnAmt: '000000000350' }, order, { money: 'required' }),
    ).toEqual([])
    for (const txnAmt of ['350.0', '+350', ' 350', '35', '3500', '0x15e'])
      expect(findMismatches({ ...order, txnAmt }, order, { money: 'required' })).toHaveLength(1)
  })
  test('the answer to a query that found nothing may have another txnType', () => {
    expect(
      findMismatches({ ...order, txnType: '00' }, order, { money: 'if_present', any_type: true }),
    ).toEqual([])
  })
})
