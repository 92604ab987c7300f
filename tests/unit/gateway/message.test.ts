import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stringToSign, withoutEmpty, writeForm } from '../../../server/unionpay/gateway/message.ts'
import {
  readForm,
  splitAnswer,
  type ReceivedMessage,
} from '../../../server/unionpay/gateway/received.ts'

const read = (reading: ReturnType<typeof readForm>): ReceivedMessage => {
  if (reading.kind !== 'read') throw new Error(`unreadable: ${reading.why}`)
  return reading
}
const why = (reading: ReturnType<typeof readForm>): string =>
  reading.kind === 'read' ? 'read' : reading.why
const split = (text: string) => splitAnswer(Buffer.from(text))

const names = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,12}$/)
const anyFields = fc.dictionary(
  names,
  fc.string({ unit: 'binary' }).map((text) => text.toWellFormed()),
  { minKeys: 1, maxKeys: 20 },
)
const flat = fc.string({
  unit: fc.constantFrom('a', 'Z', '0', '+', '/', '=', ' ', '\r\n', '中', '😀', '%', '［'),
})
const braced = fc
  .array(fc.tuple(names, flat), { minLength: 1, maxLength: 4 })
  .map((parts) => `{${parts.map(([name, value]) => `${name}=${value}`).join('&')}}`)
const unencoded = fc.dictionary(names, fc.oneof(flat, braced), { minKeys: 1, maxKeys: 12 })

describe('the string to sign', () => {
  test('is sorted by bytes, upper case first, without signature and without URL-encoding', () => {
    expect(
      stringToSign({
        txnAmt: '1',
        signature: 'x',
        Zeta: 'ä b+',
        a1: '{k=v&l=w}',
        aB: '',
        ab: '中',
      }),
    ).toBe('Zeta=ä b+&a1={k=v&l=w}&aB=&ab=中&txnAmt=1')
  })
  test('is the same whatever the order of the fields', () => {
    fc.assert(
      fc.property(anyFields, (fields) => {
        const turned = Object.fromEntries(Object.entries(fields).toReversed())
        expect(stringToSign(turned)).toBe(stringToSign(fields))
      }),
    )
  })
  test('names every field but signature once, in the order of their bytes', () => {
    fc.assert(
      fc.property(fc.dictionary(names, fc.constant('v'), { minKeys: 1 }), (fields) => {
        const found = stringToSign(fields)
          .split('&')
          .map((part) => part.split('=')[0] ?? '')
        expect(found).toEqual(
          Object.keys(fields)
            .filter((name) => name !== 'signature')
            .toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
        )
      }),
    )
  })
})

describe('a form', () => {
  test("is read back as it was written, and its string to sign is the sender's", () => {
    fc.assert(
      fc.property(anyFields, (fields) => {
        const received = read(readForm(Buffer.from(writeForm(fields))))
        expect({ ...received.fields }).toEqual({ ...fields })
        expect(received.signed.toString('utf8')).toBe(stringToSign(fields))
      }),
    )
  })
  test('has + as blank, and escapes as bytes', () => {
    expect(read(readForm(Buffer.from('a=x+y%2Bz&b=%E4%B8%AD%0D%0A&c'))).fields).toEqual({
      a: 'x y+z',
      b: '中\r\n',
      c: '',
    })
  })
  test('is refused when a field occurs twice, an escape is broken, it is empty or too large', () => {
    expect(
      ['a=1&b=2&a=1', 'a=1&%61=2', 'a=%4', 'a=%zz', '', '&&', `a=${'x'.repeat(300_000)}`].map(
        (text) => why(readForm(Buffer.from(text))),
      ),
    ).toEqual([
      'repeated_field',
      'repeated_field',
      'broken_escape',
      'broken_escape',
      'not_a_message',
      'not_a_message',
      'too_large',
    ])
  })
  test('is refused when one field could contain another, but not inside brackets: the signed string would be the same', () => {
    expect(
      ['a=1%26b%3D2', 'a=x%26y%26b%3D2&c=3', 'a%3D1%26b=2', 'a={x%26b%3D2'].map((text) =>
        why(readForm(Buffer.from(text))),
      ),
    ).toEqual(Array.from({ length: 4 }, () => 'ambiguous_field'))
    for (const text of ['a={token%3D1%26trId%3D2}', 'a=Q%26A', 'a=1%3D2', 'a=x+%26+%3D'])
      expect(readForm(Buffer.from(text)).kind).toBe('read')
  })
  test('never causes an exception, whatever its bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(['read', 'unreadable']).toContain(readForm(Buffer.from(bytes)).kind)
        expect(['read', 'unreadable']).toContain(splitAnswer(Buffer.from(bytes)).kind)
      }),
    )
  })
  test('with GBK bytes is decoded by its encoding, and signed over the bytes', () => {
    const body = Buffer.concat([
      Buffer.from('encoding=GBK&respMsg='),
      Buffer.from([0xb3, 0xc9, 0xb9, 0xa6]),
    ])
    for (const received of [
      read(splitAnswer(body)),
      read(readForm(Buffer.from('encoding=GBK&respMsg=%B3%C9%B9%A6'))),
    ]) {
      expect(received.fields.respMsg).toBe('成功')
      expect(received.signed).toEqual(body)
    }
  })
  test('with bytes that are invalid in its charset is read, and signed over them', () => {
    const received = read(readForm(Buffer.from('encoding=UTF-8&respMsg=%B3%C9')))
    expect(received.fields.respMsg).toContain('\ufffd')
    expect(received.signed.subarray(-2)).toEqual(Buffer.from([0xb3, 0xc9]))
  })
})

describe('a synchronous answer', () => {
  test('keeps +, = and CRLF, and the content of brackets', () => {
    expect(
      read(
        split(
          'signature=a+b/c==&tokenPayData={token=1&trId=2}&respMsg=成功[00&0]&cert=-----B\r\nx=\r\n&empty=',
        ),
      ).fields,
    ).toEqual({
      signature: 'a+b/c==',
      tokenPayData: '{token=1&trId=2}',
      respMsg: '成功[00&0]',
      cert: '-----B\r\nx=\r\n',
      empty: '',
    })
  })
  test('is read back as it was written', () => {
    fc.assert(
      fc.property(unencoded, (fields) => {
        const received = read(
          split(
            Object.entries(fields)
              .map(([name, value]) => `${name}=${value}`)
              .join('&'),
          ),
        )
        expect({ ...received.fields }).toEqual({ ...fields })
        expect(received.signed.toString('utf8')).toBe(stringToSign(fields))
      }),
    )
  })
  test('with an unclosed bracket is still split', () => {
    expect(read(split('respMsg=失败[&signature=x')).fields).toEqual({
      respMsg: '失败[',
      signature: 'x',
    })
    expect(read(split('respMsg=失败]&signature=x&a={')).fields).toEqual({
      respMsg: '失败]',
      signature: 'x',
      a: '{',
    })
  })
  test('with GBK letters whose second byte looks like a bracket is split correctly', () => {
    const body = Buffer.concat([
      Buffer.from('encoding=GBK&respMsg='),
      Buffer.from([0x81, 0x7b, 0x81, 0x5b]),
      Buffer.from('&respCode=00'),
    ])
    expect(read(splitAnswer(body)).fields.respCode).toBe('00')
  })
  test('that is a web page, or repeats a field, is refused', () => {
    expect([
      why(split('<html><a href="x">')),
      why(split('a=1&a=2')),
      why(split('')),
      why(split('Invalid request.')),
    ]).toEqual(['not_a_message', 'repeated_field', 'not_a_message', 'not_a_message'])
  })
})

test('an empty field is never sent', () => {
  fc.assert(
    fc.property(fc.dictionary(names, fc.option(fc.string(), { nil: undefined })), (draft) => {
      expect(Object.values(withoutEmpty(draft))).not.toContain('')
      expect(Object.values(withoutEmpty(draft))).not.toContain(undefined)
    }),
  )
})
