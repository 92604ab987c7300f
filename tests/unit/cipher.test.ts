import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createCipher, digestKeyOf, type Cipher } from '../../server/storage/cipher.ts'

const random = (size: number): Buffer => randomBytes(size)
const keyOf = (id: string) => ({ id, bytes: randomBytes(32) })
const alone = (key = keyOf('k1')): Cipher => createCipher([key], digestKeyOf(key), random)
const cipher = alone()

describe('the cipher at rest', () => {
  test('opens what it sealed, and never gives the same ciphertext twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(cipher.open(cipher.seal(text))).toBe(text)
        expect(cipher.seal(text)).not.toBe(cipher.seal(text))
      }),
    )
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
      if (
        Buffer.from(changed.slice(3), 'base64url').equals(Buffer.from(sealed.slice(3), 'base64url'))
      )
        continue
      expect(() => cipher.open(changed)).toThrow()
    }
  })
  test('a ring opens what any of its keys sealed, seals with its first, and digests with neither', () => {
    const [old, now] = [keyOf('k1'), keyOf('k2')]
    const [before, after] = [alone(old), createCipher([now, old], digestKeyOf(old), random)]
    expect(after.open(before.seal('a'))).toBe('a')
    expect(after.seal('a')).toMatch(/^k2:/)
    expect(after.digest('a')).toBe(before.digest('a'))
    expect(() => before.open(after.seal('a'))).toThrow(/"k2".*"k1"/)
  })
  test('with another key opens nothing and names the missing key, and its digests differ', () => {
    const other = alone(keyOf('k2'))
    expect(() => other.open(cipher.seal('a'))).toThrow(/"k1".*"k2"/)
    expect(alone().digest('a')).not.toBe(cipher.digest('a'))
  })
})
