import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createFollowingClock, unixSeconds } from '../../server/kernel/clock.ts'
import { newAlphanumeric, newId } from '../../server/kernel/ids.ts'
import { mask } from '../../server/kernel/mask.ts'

const random = (size: number): Buffer => randomBytes(size)

describe('identifiers', () => {
  test('are 26 letters and digits that sort by time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4e12 }),
        fc.integer({ min: 1, max: 1e9 }),
        (at, later) => {
          const id = (ms: number): string => newId({ now: () => new Date(ms) }, random)
          expect(id(at)).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)
          expect(id(at) < id(at + later)).toBe(true)
        },
      ),
    )
  })
  test('do not repeat', () => {
    const clock = { now: () => new Date(0) }
    expect(new Set(Array.from({ length: 10_000 }, () => newId(clock, random))).size).toBe(10_000)
  })
  test('a nonce has exactly the letters asked for, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 128 }),
        (size) =>
          void expect(newAlphanumeric(size, random)).toMatch(new RegExp(`^[0-9A-Za-z]{${size}}$`)),
      ),
    )
  })
})

describe('the business clock', () => {
  test('never goes back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e10, max: 1e10 })), (offsets) => {
        const clock = createFollowingClock({ now: () => new Date(1e12) })
        let last = clock.now().getTime()
        for (const offset of offsets) {
          clock.followOffset(offset)
          expect(clock.now().getTime()).toBeGreaterThanOrEqual(last)
          last = clock.now().getTime()
        }
      }),
    )
  })
  test('is sent to UnionPay in whole seconds', () => {
    expect(unixSeconds({ now: () => new Date(1_608_606_287_999) })).toBe('1608606287')
  })
})

test('a masked number shows enough to compare and not enough to use', () => {
  expect(mask('6218412345678901234')).toBe('6218****1234')
  expect(mask('U1001')).toBe('****01')
})
