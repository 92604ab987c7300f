import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createCipher } from '../../server/storage/cipher.ts'

const random = (size: number): Buffer => randomBytes(size)
const cipher = createCipher(randomBytes(32), 'k1', random)

describe('the cipher at rest', () => {
  test('opens what it sealed, and never seals twice the same', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(cipher.open(cipher.seal(text))).toBe(text)
      expect(cipher.seal(text)).not.toBe(cipher.seal(text))
    }))
  })
  test('gives the same digest for the same text, with the id of its key', () => {
    expect(cipher.digest('a')).toBe(cipher.digest('a'))
    expect(cipher.digest('a')).not.toBe(cipher.digest('b'))
    expect(cipher.digest('a')).toMatch(/^k1:/)
  })
  test('refuses what was changed by one character', () => {
    const sealed = cipher.seal('6218412345678901234')
    for (let at = 3; at < sealed.length; at++) {
      const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1)
      if (Buffer.from(changed.slice(3), 'base64url').equals(Buffer.from(sealed.slice(3), 'base64url'))) continue
      expect(() => cipher.open(changed)).toThrow()
    }
  })
  test("another key opens nothing and says whose it is, and its digests differ", () => {
    const other = createCipher(randomBytes(32), 'k2', random)
    expect(() => other.open(cipher.seal('a'))).toThrow(/"k1".*"k2"/)
    expect(createCipher(randomBytes(32), 'k1', random).digest('a')).not.toBe(cipher.digest('a'))
  })
})
