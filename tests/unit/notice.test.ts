import { generateKeyPairSync, sign } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explainNotice } from '../../server/unionpay/explain-notice.ts'
import { readTerminationNotice } from '../../server/unionpay/notice.ts'

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const keys = [publicKey]

/**
 * Signs the members as UnionPay does and writes them as a query; `wire` changes them after signing.
 */
function notice(
  members: Record<string, string>,
  wire: Record<string, string | undefined> = {},
): string {
  const text = Object.keys(members)
    .toSorted()
    .map((name) => `${name}=${members[name]}`)
    .join('&')
  const signature = sign('sha256', Buffer.from(text), privateKey).toString('base64')
  const sent = { ...members, signature, ...wire }
  return Object.entries(sent)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
}

const newer = {
  appId: 'a1',
  timestamp: '1700000000',
  nonceStr: 'abcdefghijklmnop',
  operateTime: '2026-11-22 10:00:00',
  openId: 'a+b/c==',
  contractId: '6218412345678901234',
}
const older = {
  appId: 'a1',
  timestamp: '1700000000',
  nonceStr: 'abcdefghijklmnop',
  operateTime: '2026-11-22 10:00:00',
  openId: 'a+b/c==',
  trid: '12345678901',
  contractCode: 'null',
  planId: '',
}

describe('a termination notice', () => {
  test('of the newer generation is read', () => {
    const reading = readTerminationNotice(notice(newer), keys)
    expect(reading).toMatchObject({
      kind: 'valid',
      notice: {
        app_id: 'a1',
        open_id: 'a+b/c==',
        contract_id: '6218412345678901234',
        contract_code: null,
        plan_id: null,
      },
    })
    expect(reading.kind === 'valid' && reading.notice.operated_at?.toISOString()).toBe(
      '2026-11-22T02:00:00.000Z',
    )
  })
  test.each([
    ['the text null', {}],
    ['empty', { contractCode: '' }],
    ['missing', { contractCode: undefined }],
  ])('of the older generation verifies when a null arrives as %s', (_how, wire) => {
    expect(readTerminationNotice(notice(older, wire), keys)).toMatchObject({
      kind: 'valid',
      notice: { contract_id: null, contract_code: null, plan_id: null },
    })
  })
  test.each(['contractCode', 'contractId', 'planId', 'trid', 'operateTime'])(
    'verifies in every variant of signing and sending an optional field without a value: %s',
    (name) => {
      const {
        trid: _trid,
        contractCode: _code,
        planId: _plan,
        operateTime: _time,
        ...least
      } = older
      for (const signed of ['null', '', undefined]) {
        for (const sent of ['null', '', undefined]) {
          const members = signed === undefined ? least : { ...least, [name]: signed }
          expect(readTerminationNotice(notice(members, { [name]: sent }), keys)).toMatchObject({
            kind: 'valid',
            notice: { contract_id: null, contract_code: null, plan_id: null, operated_at: null },
          })
        }
      }
    },
  )
  test('with optional fields that were each signed in another way verifies', () => {
    const members = { ...newer, trid: '', contractCode: 'null' }
    const nothing = { trid: undefined, contractCode: '', planId: 'null' }
    expect(readTerminationNotice(notice(members, nothing), keys).kind).toBe('valid')
  })
  test('to which a number was added is refused: only a field without a value may have been signed otherwise', () => {
    for (const name of ['contractCode', 'contractId', 'planId', 'trid', 'operateTime'])
      for (const signed of ['null', '', undefined]) {
        const { [name as 'trid']: _left, ...least } = older
        const members = signed === undefined ? least : { ...least, [name]: signed }
        expect(
          readTerminationNotice(notice(members, { [name]: '6218412345678901234' }), keys),
        ).toMatchObject({ kind: 'invalid', why: 'signature_wrong' })
      }
  })
  test.each([
    ['missing', { operateTime: undefined }, null],
    ['empty', { operateTime: '' }, null],
    ['the text null', { operateTime: 'null' }, null],
    ['seconds since 1970', { operateTime: '1795312800' }, 'dddddddddd'],
    ['milliseconds since 1970', { operateTime: '1795312800000' }, 'ddddddddddddd'],
    ['with a time zone', { operateTime: '2026-11-22T10:00:00+08:00' }, 'dddd-dd-ddxdd:dd:dd+dd:dd'],
    ['with slashes', { operateTime: '2026/11/22 10:00:00' }, 'dddd/dd/dd dd:dd:dd'],
    ['a day alone', { operateTime: '2026-11-22' }, 'dddd-dd-dd'],
    ['no such day', { operateTime: '2026-02-30 10:00:00' }, 'dddd-dd-dd dd:dd:dd'],
    ['in words', { operateTime: '11月22日' }, 'ddxddx'],
    [
      'said twice, differently',
      { operationTime: '2026-11-22 10:00:01' },
      'dddd-dd-dd dd:dd:dd | dddd-dd-dd dd:dd:dd',
    ],
  ] as const)(
    'whose time is %s has none, and its form is reported',
    (_what, change, unread_time) => {
      const members = Object.fromEntries(
        Object.entries({ ...newer, ...change }).filter(([, value]) => value !== undefined),
      ) as Record<string, string>
      expect(readTerminationNotice(notice(members), keys)).toMatchObject({
        kind: 'valid',
        notice: { operated_at: null, unread_time },
      })
    },
  )
  test('has its time under either name', () => {
    const { operateTime, ...least } = newer
    for (const members of [
      { ...least, operationTime: operateTime },
      { ...least, operateTime: '', operationTime: '20261122100000' },
      { ...newer, operationTime: operateTime },
    ])
      expect(readTerminationNotice(notice(members), keys)).toMatchObject({
        notice: { operated_at: new Date('2026-11-22T02:00:00Z'), unread_time: null },
      })
  })
  test('verifies over unlisted parameters, Chinese texts and blanks', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.stringMatching(/^[a-z]{1,10}$/).filter((n) => n !== 'signature'),
          fc.string().filter((text) => !text.includes('&')),
        ),
        (extra) => {
          expect(
            readTerminationNotice(notice({ ...newer, ...extra, 备注: '解约 通知' }), keys).kind,
          ).toBe('valid')
        },
      ),
      { numRuns: 30 },
    )
  })
  test('with any value changed is refused', () => {
    for (const name of Object.keys(newer))
      expect(readTerminationNotice(notice(newer, { [name]: 'changed' }), keys)).toMatchObject({
        kind: 'invalid',
        why: 'signature_wrong',
      })
  })
  test('with a parameter added or removed is refused', () => {
    expect(readTerminationNotice(`${notice(newer)}&more=1`, keys).kind).toBe('invalid')
    expect(readTerminationNotice(notice(newer, { openId: undefined }), keys).kind).toBe('invalid')
  })
  test('with a parameter that occurs twice is refused, even with the same value', () => {
    expect(readTerminationNotice(`${notice(newer)}&appId=a1`, keys)).toMatchObject({
      kind: 'invalid',
      why: 'repeated_parameter',
    })
  })
  test('with one parameter hidden in another is refused, although the signed string is the same', () => {
    const merged = notice(newer)
      .replace(/&operateTime=([^&]*)/, '')
      .replace(
        /(openId=[^&]*)/,
        (found) => `${found}${encodeURIComponent(`&operateTime=${newer.operateTime}`)}`,
      )
    expect(readTerminationNotice(merged, keys)).toMatchObject({
      kind: 'invalid',
      why: 'ambiguous_parameter',
    })
  })
  test('without a signature is refused', () => {
    expect(readTerminationNotice(notice(newer, { signature: undefined }), keys)).toMatchObject({
      why: 'signature_missing',
    })
    expect(readTerminationNotice('', keys)).toMatchObject({ why: 'signature_missing' })
  })
  test('whatever the bytes, reading never throws and never says valid', () => {
    fc.assert(
      fc.property(
        fc.string(),
        (raw) => void expect(readTerminationNotice(raw, keys).kind).toBe('invalid'),
      ),
    )
  })
  test('signed again is the same notice; another ending time is not', () => {
    const identity = (members: Record<string, string>): string => {
      const reading = readTerminationNotice(notice(members), keys)
      return reading.kind === 'valid' ? reading.identity : ''
    }
    expect(identity({ ...newer, timestamp: '1700000999', nonceStr: 'zzzz' })).toBe(identity(newer))
    expect(identity({ ...newer, operateTime: '2026-11-22 10:00:01' })).not.toBe(identity(newer))
  })
})

describe('the explanation of a captured notice', () => {
  const cause = (captured: string): string => explainNotice(captured, keys).causes.join('; ')
  test('reports a valid one as valid, also as a whole address with a line end', () => {
    expect(
      explainNotice(`https://pay.example.com/notify/termination?${notice(newer)}\r\n`, keys),
    ).toMatchObject({ valid: true, causes: [] })
  })
  test('names the added parameter', () => {
    expect(cause(`${notice(newer)}&shop=7`)).toContain('without `shop`')
  })
  test('names a blank that was a plus', () => {
    expect(cause(notice(newer, { openId: 'a b/c==' }))).toContain('`+`')
  })
  test('names a value encoded twice', () => {
    expect(cause(notice(newer, { openId: encodeURIComponent('a+b/c==') }))).toContain(
      'encoded twice',
    )
  })
  test('names a null that became empty', () => {
    expect(cause(notice({ ...newer, channel: 'null' }, { channel: '' }))).toContain(
      '`channel` is the text null',
    )
  })
  test('says so when no usual mistake explains it', () => {
    const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey
    expect(explainNotice(notice(newer), [foreign])).toMatchObject({
      valid: false,
      causes: [expect.stringContaining('another key')],
    })
  })
})
