import { generateKeyPairSync, sign } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  configSignature,
  isSignedByOneOf,
  sha256Hex,
  stringToSign,
  tokenSignature,
} from '../../server/unionpay/signature.ts'
import { decryptUserField, encryptUserField } from '../../server/unionpay/user-field.ts'

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

describe('the published vectors', () => {
  test('T1: the token signature', () => {
    expect(
      tokenSignature({
        appId: '0123456789abcdef0123456789abcdef',
        nonceStr: 'ty5lI76BJxVjAlSk',
        secret: 'fedcba9876543210fedcba9876543210',
        timestamp: '1608606287',
      }),
    ).toBe('d3e07a5f5d12128dbace54ffd46b1ffd72144dd1542f77ec0cb386225a35dfde')
  })
  test('T2: the signature for upsdk.config, without the secret', () => {
    expect(
      configSignature({
        appId: '0123456789abcdef0123456789abcdef',
        frontToken: 'U72eJp21SkuzKRdUK+jyFw==',
        nonceStr: 'Wm3WZYTPz0wzccnW',
        timestamp: '1414587457',
        url: 'http://mobile.xxx.com?params=value',
      }),
    ).toBe('077be45107befed61f564996fd0ae58c466f351fa9cb2b88e514f8a1f8b01055')
  })
  test.each([
    ['T3', '13800138000', '6Y8RUbtwafXBknWqBNeTOw=='],
    ['T4', '3', 'JOJzU+HkqEo='],
    ['T5', '测试', '+tuw78z/1ZU='],
  ])('%s: 3DES both ways', (_id, text, value) => {
    const key = '0123456789abcdeffedcba98765432100123456789abcdef'
    expect(encryptUserField(key, text)).toBe(value)
    expect(decryptUserField(key, value)).toBe(text)
  })
})

describe('the string to sign', () => {
  test('does not depend on the order of the members', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[A-Za-z]{1,12}$/), fc.string()), (members) => {
        const reversed = Object.fromEntries(Object.entries(members).toReversed())
        expect(stringToSign(reversed)).toBe(stringToSign(members))
      }),
    )
  })
  test('sorts by ASCII: capitals before small letters', () => {
    expect(stringToSign({ b: '1', B: '2', a: '' })).toBe('B=2&a=&b=1')
  })
  test('the digest is 64 small hexadecimal digits', () => {
    expect(sha256Hex('测试')).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('verification', () => {
  const signed = (text: string): string =>
    sign('sha256', Buffer.from(text), privateKey).toString('base64')
  test('accepts what the key signed and nothing else', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (text, extra) => {
        expect(isSignedByOneOf([publicKey], text, signed(text))).toBe(true)
        expect(isSignedByOneOf([publicKey], text + extra, signed(text))).toBe(false)
      }),
      { numRuns: 20 },
    )
  })
  test('an empty, short or foreign signature is refused without an exception', () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    expect(isSignedByOneOf([publicKey], 'a', '')).toBe(false)
    expect(isSignedByOneOf([publicKey], 'a', 'AAAA')).toBe(false)
    expect(
      isSignedByOneOf([publicKey], 'a', sign('sha256', Buffer.from('a'), other).toString('base64')),
    ).toBe(false)
    expect(isSignedByOneOf([], 'a', signed('a'))).toBe(false)
  })
})
