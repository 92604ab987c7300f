import { createHash, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFollowingClock, realClock } from '../../server/kernel/clock.ts'
import { newId, systemRandom } from '../../server/kernel/ids.ts'
import { maskPersonalNumbers } from '../../server/kernel/personal-numbers.ts'
import { guardedLog } from '../../server/metrics/guarded-log.ts'
import { timeLimit } from '../support/time-limits.ts'

const digits = (size: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: size, maxLength: size })
    .map((all) => all.join(''))

/** With its check digit, which makes the sum right. */
const card = fc
  .tuple(fc.constantFrom('62', '4', '5', '35', '9'), fc.integer({ min: 14, max: 19 }), digits(19))
  .map(([head, size, more]) => {
    const body = (head + more).slice(0, size - 1)
    const sum = body
      .split('')
      .toReversed()
      .reduce(
        (all, digit, place) =>
          all +
          (place % 2 === 1 ? Number(digit) : ([0, 2, 4, 6, 8, 1, 3, 5, 7, 9][Number(digit)] ?? 0)),
        0,
      )
    return `${body}${(10 - (sum % 10)) % 10}`
  })
const identity = fc
  .tuple(
    digits(5),
    fc.integer({ min: 1, max: 9 }),
    fc.date({ min: new Date('1900-01-01'), max: new Date('2026-01-01'), noInvalidDate: true }),
    digits(3),
  )
  .map(([area, first, born, order]) => {
    const body = `${first}${area}${born.toISOString().slice(0, 10).replaceAll('-', '')}${order}`
    const sum = body
      .split('')
      .reduce(
        (all, digit, place) =>
          all + Number(digit) * ([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2][place] ?? 0),
        0,
      )
    return `${body}${'10X98765432'[sum % 11]}`
  })
const telephone = fc
  .tuple(fc.constantFrom('', '+86', '86 '), fc.integer({ min: 3, max: 9 }), digits(9))
  .map(([country, second, more]) => `${country}1${second}${more}`)

test.each([
  ['6222020200112230', 'card number'],
  ['6222 0202 0011 2230', 'card number'],
  ['4111-1111-1111-1111', 'card number'],
  ['11010519491231002X', 'identity number'],
  ['11010519491231002x', 'identity number'],
  ['13800138000', 'telephone number'],
  ['138-0013-8000', 'telephone number'],
  ['+86 13800138000', 'telephone number'],
])('%s is a %s', (number, kind) => {
  expect(maskPersonalNumbers(`results: ${number}.`)).toEqual({
    text: `results: [${kind}].`,
    found: [kind],
  })
})

const contractId = digits(14).map((more) => `62184${more}`)
const openId = fc
  .constantFrom(48, 40)
  .map((size) => randomBytes(size).toString('base64'))
  .filter((id) => /\d/.test(id) && !/\/[a-z]+\/[a-z]+\//.test(id))

test.each([
  ['card number', card],
  ['identity number', identity],
  ['telephone number', telephone],
  ['contract_id', contractId],
] as const)('a %s is never logged, wherever it is in a line', (_kind, numbers) => {
  fc.assert(
    fc.property(
      numbers,
      fc.constantFrom('', '卡号', 'no=', ' ', '"', ':', '/'),
      fc.constantFrom('', '。', ' ', ',', '&', '"'),
      (number, before, after) => {
        const line = JSON.stringify({
          level: 30,
          msg: `${before}${number}${after}`,
          bare: /^\d+$/.test(number) ? 'x' : number,
        })
        const { text, found } = maskPersonalNumbers(line)
        expect(found).not.toEqual([])
        expect(text).not.toContain(number)
        expect(() => JSON.parse(text)).not.toThrow()
      },
    ),
  )
})

test('an open_id is never logged', () => {
  fc.assert(
    fc.property(
      openId,
      fc.constantFrom('', 'no=', ' ', '"', '卡'),
      fc.constantFrom('', '。', ' ', ',', '&', '"'),
      (id, before, after) => {
        expect(maskPersonalNumbers(JSON.stringify({ msg: `${before}${id}${after}` }))).toEqual({
          text: JSON.stringify({ msg: `${before}[open_id]${after}` }),
          found: ['open_id'],
        })
      },
    ),
  )
})

test.each([
  ['{"openId":"a1b2c3d4e5"}', '{"openId":"[open_id]"}'],
  [
    '{"err":{"body":"{\\"contract_id\\":\\"AB12CD34\\"}"}}',
    '{"err":{"body":"{\\"contract_id\\":\\"[contract_id]\\"}"}}',
  ],
  ['contractId=AB12CD34EF&planId=x', 'contractId=[contract_id]&planId=x'],
  ['no contract_id: 9182736455', 'no contract_id: [contract_id]'],
])('a value under the name of one counts as one: %s', (line, masked) => {
  expect(maskPersonalNumbers(line).text).toBe(masked)
})

test.each([
  '"contract_id":"[Redacted]"',
  '"contract_id_masked":"6218****0123"',
  '"open_id":null',
  'contract_id: must be a string',
  'openId=6218****0123',
  'Key (contract_id_digest)=(k1:ab12cd34ef56) exists',
])('%s contains none', (line) => {
  expect(maskPersonalNumbers(line)).toEqual({ text: line, found: [] })
})

test('a line of JSON stays one line, whatever it contains', () => {
  fc.assert(
    fc.property(fc.jsonValue(), telephone, (value, number) => {
      const bare = Number(number.replaceAll(/\D/g, '').slice(-11))
      const { text } = maskPersonalNumbers(
        JSON.stringify({
          value,
          list: [bare, -bare, bare + 0.5],
          one: bare,
          less: -bare,
          [number]: 1,
        }),
      )
      expect(() => JSON.parse(text) as unknown).not.toThrow()
      expect(text).not.toContain(String(bare))
    }),
  )
})

test.each([
  ['digits', '1'.repeat(100_000)],
  ['groups', '1234 '.repeat(20_000)],
  ['letters', 'aB3/'.repeat(25_000)],
  ['names', 'openId='.repeat(15_000)],
  ['backslashes', `openId${'\\'.repeat(100_000)}`],
])('the time for a line of 100,000 %s is linear in its length', (_what, line) => {
  const begun = performance.now()
  maskPersonalNumbers(line)
  expect(performance.now() - begun).toBeLessThan(timeLimit(1_000))
})

test('a bare number of JSON becomes 0', () => {
  expect(
    JSON.parse(maskPersonalNumbers('{"a":6222020200112230,"b":[13800138000,1]}').text),
  ).toEqual({ a: 0, b: [0, 1] })
})

test('our own log values contain none: ids, times, amounts, merchant and trace numbers', () => {
  const clock = createFollowingClock(realClock)
  fc.assert(
    fc.property(
      fc.integer({ min: 1_600_000_000_000, max: 2_500_000_000_000 }),
      fc.uuid(),
      fc.integer({ min: 1, max: 99_999_999 }),
      digits(21),
      (time, uuid, amount_fen, query_id) => {
        const line = JSON.stringify({
          time,
          reqId: uuid,
          order_id: newId(clock, systemRandom),
          amount_fen,
          ms: amount_fen / 7,
          query_id,
          merchant_no: '898310148160568',
          hash: createHash('sha256').update(uuid).digest('hex'),
          txn_time: '20261123101112',
          day: '2026-11-23',
        })
        expect(maskPersonalNumbers(line)).toEqual({ text: line, found: [] })
      },
    ),
  )
})

test('a line with one is written masked, stays JSON, and raises an alarm', () => {
  const [lines, alarms]: [string[], string[]] = [[], []]
  const output = guardedLog(
    { write: (line) => void lines.push(line) },
    (alarm) => void alarms.push(alarm),
  )
  output.write('{"level":30,"msg":"settled"}\n')
  output.write('{"level":40,"unionpay_text":"卡号6222020200112230，电话13800138000"}\n')
  expect(lines[0]).toBe('{"level":30,"msg":"settled"}\n')
  expect(JSON.parse(lines[1] ?? '')).toEqual({
    level: 40,
    unionpay_text: '卡号[card number]，电话[telephone number]',
    alarm: 'personal_number_in_log',
    masked: 'card number, telephone number',
  })
  expect(lines[1]).toMatch(/\}\n$/)
  expect(alarms).toEqual(['personal_number_in_log'])
})
