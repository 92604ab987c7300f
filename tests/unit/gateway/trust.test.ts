import { beforeAll, describe, expect, test } from 'vitest'
import { certificateOf, ownerOf } from '../../../server/unionpay/gateway/certificate.ts'
import { daysLeft, expiryWarnings } from '../../../server/unionpay/gateway/expiry.ts'
import { createTrust, type CertificateVerdict } from '../../../server/unionpay/gateway/trust.ts'
import { company, makeAuthority, now } from '../../support/acp-authority.ts'

let authority: ReturnType<typeof makeAuthority>
beforeAll(() => {
  authority = makeAuthority()
})
const say = (verdict: CertificateVerdict): string =>
  verdict.kind === 'trusted' ? 'trusted' : verdict.why
const owned = (owner: string): string => `041@8310000000083040@${owner}@00000001`

describe('a certificate in a message is trusted', () => {
  test('when its chain leads to the root, made with SHA-1 as it is, within its dates and of UnionPay', () => {
    expect(say(authority.trust().judge(authority.leaf().pem))).toBe('trusted')
    expect(say(authority.trust().judge(authority.leaf().pem.replaceAll('\r\n', '\n')))).toBe(
      'trusted',
    )
  })
  test('and not with a foreign root of the same name, self-signed, or issued by another leaf', () => {
    const leaf = authority.leaf()
    for (const pem of [
      authority.leaf({ issuer: authority.foreign_root, key: authority.foreign_key }).pem,
      authority.leaf({ issuer: { name: leaf.name, key: authority.leaf_key } }).pem,
      authority.leaf({ issuer: leaf }).pem,
      authority.leaf({ issuer: { name: authority.middle.name, key: authority.foreign_key } }).pem,
    ])
      expect(say(authority.trust('test').judge(pem))).toBe('chain_broken')
  })
  test('and not without the middle certificate', () => {
    const trust = createTrust({
      roots: authority.roots,
      middles: [],
      owner_rule: 'strict',
      clock: { now: () => now },
    })
    expect(say(trust.judge(authority.leaf().pem))).toBe('chain_broken')
  })
  test('and not before or after its dates, also when it was trusted before', () => {
    let at = now
    const trust = authority.trust('strict', { now: () => at })
    const leaf = authority.leaf({ to: authority.years(1) })
    expect(say(trust.judge(leaf.pem))).toBe('trusted')
    at = new Date(authority.years(1).getTime() + 1_000)
    expect(say(trust.judge(leaf.pem))).toBe('expired')
    at = authority.years(-1.5)
    expect(say(trust.judge(leaf.pem))).toBe('not_yet_valid')
    at = now
    expect(say(trust.judge(leaf.pem))).toBe('trusted')
  })
  test('and not when the middle or the root has expired, whatever the leaf says', () => {
    const trust = authority.trust('strict', { now: () => authority.years(11) })
    expect(say(trust.judge(authority.leaf({ to: authority.years(20) }).pem))).toBe('expired')
  })
  test.for([
    [owned(company), 'trusted', 'trusted'],
    [owned('00040000:SIGN'), 'owner_wrong', 'trusted'],
    [owned('某某科技有限公司'), 'owner_wrong', 'owner_wrong'],
    [company, 'owner_wrong', 'owner_wrong'],
    [`041@x@${company}`, 'owner_wrong', 'owner_wrong'],
    [`041@${company}@x@1`, 'owner_wrong', 'owner_wrong'],
    [owned(`${company} `), 'owner_wrong', 'owner_wrong'],
    ['00040000:SIGN', 'owner_wrong', 'owner_wrong'],
    [`041@a@b@${company}@1`, 'owner_wrong', 'owner_wrong'],
  ] as const)('by owner: %s is %s strictly and %s in test', ([cn, strict, test_rule]) => {
    const { pem } = authority.leaf({ cn })
    expect([
      say(authority.trust('strict').judge(pem)),
      say(authority.trust('test').judge(pem)),
    ]).toEqual([strict, test_rule])
  })
  test('and only when it is a certificate', () => {
    for (const text of [
      '',
      'x',
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
      'x'.repeat(20_000),
    ])
      expect(say(authority.trust().judge(text))).toBe('not_a_certificate')
  })
  test('more often than the cache holds, in any order', () => {
    const trust = createTrust({
      roots: authority.roots,
      middles: authority.middles,
      owner_rule: 'strict',
      clock: { now: () => now },
      most_cached: 2,
    })
    const leaves = [authority.leaf(), authority.leaf(), authority.leaf()]
    for (const { pem } of [...leaves, ...leaves]) expect(say(trust.judge(pem))).toBe('trusted')
  })
})

test('certId is the decimal serial number as text, longer than a number can hold; a CN has an owner only in its form', () => {
  const certificate = certificateOf(authority.leaf().certificate)
  expect(certificate.cert_id).toBe(BigInt(`0x${certificate.x509.serialNumber}`).toString())
  expect(certificate.cert_id.length).toBeGreaterThan(16)
  expect([
    ownerOf(certificate),
    ownerOf(certificateOf(authority.leaf({ cn: 'a@b' }).certificate)),
  ]).toEqual([company, null])
})

test('a 5.0.0 certificate is found by its number among the configured ones, within its dates', () => {
  const known = certificateOf(authority.leaf().certificate)
  const old = certificateOf(authority.leaf({ to: authority.years(-0.5) }).certificate)
  const trust = authority.trust('strict', undefined, [known, old])
  expect([known.cert_id, old.cert_id, '1'].map((one) => say(trust.judgeCertId(one)))).toEqual([
    'trusted',
    'expired',
    'cert_id_unknown',
  ])
})

test('expiry is reported with days left, nearest first, before it is too late', () => {
  const ends = (days: number) =>
    certificateOf(
      authority.leaf({ cn: `in ${days}`, to: new Date(now.getTime() + days * 86_400_000 + 1_000) })
        .certificate,
    )
  const later = certificateOf(
    authority.leaf({ cn: 'later', from: authority.years(1), to: authority.years(2) }).certificate,
  )
  const found = expiryWarnings([ends(100), ends(59), ends(4), ends(-3), later], now)
  expect(found.map(({ name, days_left }) => [name, days_left])).toEqual([
    ['in -3', -3],
    ['in 4', 4],
    ['in 59', 59],
    ['later', 730],
  ])
  expect(found.map(({ sentence }) => sentence.replace(/ \(certId.*/, ''))).toEqual([
    'in -3 ended on 2026-11-19',
    'in 4 ends on 2026-11-26, in 4 days',
    'in 59 ends on 2027-01-20, in 59 days',
    'later is not valid before 2027-11-22',
  ])
  expect(daysLeft(ends(4), now)).toBe(4)
})
