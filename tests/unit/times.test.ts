import { expect, test } from 'vitest'
import { readBeijingTime } from '../../server/unionpay/times.ts'

test('both forms of Beijing time give the same instant', () => {
  expect(readBeijingTime('20261122100000')?.toISOString()).toBe('2026-11-22T02:00:00.000Z')
  expect(readBeijingTime('2026-11-22 10:00:00')?.toISOString()).toBe('2026-11-22T02:00:00.000Z')
})
test('midnight belongs to the Beijing day', () => {
  expect(readBeijingTime('20260101000000')?.toISOString()).toBe('2025-12-31T16:00:00.000Z')
})
test.each([
  '',
  'null',
  '20260230100000',
  '20261122250000',
  '2026-11-22',
  '202611221000',
  'x',
  '20261122106000',
])('"%s" is no time', (text) => {
  expect(readBeijingTime(text)).toBeNull()
})
test('what is not a text is no time', () => {
  expect(readBeijingTime(20261122100000)).toBeNull()
  expect(readBeijingTime(undefined)).toBeNull()
})
