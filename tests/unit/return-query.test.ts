import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readReturnQuery } from '../../server/unionpay/return-query.ts'

const base64 = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map((bytes) => Buffer.from(bytes).toString('base64'))

describe('the code of a return address', () => {
  test('is decoded exactly once, whatever Base64 it is', () => {
    fc.assert(
      fc.property(base64, (code) => {
        expect(readReturnQuery(`code=${encodeURIComponent(code)}&state=abc`).code).toBe(code)
      }),
    )
  })
  test('that was not encoded gives the same: + stays +, = stays =', () => {
    fc.assert(
      fc.property(base64, (code) => {
        expect(readReturnQuery(`?state=abc&code=${code}`).code).toBe(code)
      }),
    )
  })
  test('is not decoded a second time', () => {
    expect(readReturnQuery('code=a%252Bb').code).toBe('a%2Bb')
  })
  test('with a broken escape is kept unchanged', () => {
    expect(readReturnQuery('code=%E0%A4%A&state=s').code).toBe('%E0%A4%A')
  })
  test('the first of two codes counts', () => {
    expect(readReturnQuery('code=one&code=two').code).toBe('one')
  })
})

describe('other returns', () => {
  test('an error is read with its text', () => {
    expect(
      readReturnQuery('state=s&errmsg=%E7%94%A8%E6%88%B7%E5%8F%96%E6%B6%88&errorcode=N1'),
    ).toEqual({ state: 's', code: null, error: { code: 'N1', text: '用户取消' } })
  })
  test('an empty query has no code and no error', () => {
    expect(readReturnQuery('')).toEqual({ state: null, code: null, error: null })
  })
  test('no text causes an exception', () => {
    fc.assert(fc.property(fc.string(), (query) => void readReturnQuery(query)))
  })
})
