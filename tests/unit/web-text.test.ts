import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { errors } from '../../server/error-codes.ts'
import { en } from '../../web/text/en/index.ts'
import { shanghaiTime, yuan } from '../../web/text/formats.ts'
import { zh } from '../../web/text/zh/index.ts'

describe('money on the screen', () => {
  test.each([
    [0, '¥0.00'],
    [1, '¥0.01'],
    [10, '¥0.10'],
    [100, '¥1.00'],
    [12345, '¥123.45'],
    [100_000, '¥1,000.00'],
    [123_456_789, '¥1,234,567.89'],
    [-5, '-¥0.05'],
  ])('%i fen is %s', (fen, shown) => expect(yuan(fen)).toBe(shown))

  test('no fen is lost or added', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 45 }), (fen) => {
        expect(Number(yuan(fen).replace(/[¥,.]/g, ''))).toBe(fen)
      }),
    )
  })
})

test('times are Shanghai’s, across midnight', () => {
  expect(shanghaiTime('2026-11-22T15:59:00Z')).toBe('2026-11-22 23:59')
  expect(shanghaiTime('2026-11-22T16:00:00Z')).toBe('2026-11-23 00:00')
})

/** Every text below a value, with its path; functions are called with examples. */
function sentences(value: unknown, path: string): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') {
    const terms = {
      payee: 'P',
      title: 'T',
      content: 'C',
      single: '¥1.00',
      daily: '¥2.00',
      offline: true,
    }
    return sentences(path.endsWith('.agreement') ? value(terms) : value('A', 'B'), path)
  }
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, inner]) => sentences(inner, `${path}.${key}`))
  return [[path, '']]
}

describe.each([
  ['zh', zh],
  ['en', en],
])('the messages in %s', (name, words) => {
  test('have a sentence and a next step for every code of the server', () => {
    for (const code of Object.keys(errors)) expect(words.faults, code).toHaveProperty(code)
    for (const [code, sentence] of Object.entries(words.faults)) {
      expect(sentence.title, code).not.toBe('')
      expect(sentence.next, code).not.toBe('')
    }
  })

  test('have no empty text', () => {
    expect(sentences(words, name).filter(([, text]) => text.trim() === '')).toEqual([])
  })
})

test('both languages have the same messages', () => {
  const paths = (words: unknown) =>
    sentences(words, '')
      .map(([path]) => path)
      .toSorted()
  expect(paths(en)).toEqual(paths(zh))
})

test('English contains no Chinese except the name of the language', () => {
  const chinese = sentences(en, 'en').filter(
    ([path, text]) => /[\u4e00-\u9fff]/.test(text) && path !== 'en.notices.language',
  )
  expect(chinese).toEqual([])
})
