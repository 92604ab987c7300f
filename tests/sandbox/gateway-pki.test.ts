import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'
import { afterAll, expect, test } from 'vitest'
import { certIdOf } from '../../sandbox/pki/certificate.ts'
import { openPki } from '../../sandbox/pki/pki.ts'
import { firstMerchant, openPfx, secondMerchant } from '../support/gateway-caller.ts'

const folder = mkdtempSync(join(tmpdir(), 'wugan-pki-'))
const pki = openPki(folder, [firstMerchant], new Date())
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string): string => join(folder, 'acp', name)
const certificate = (name: string) => new X509Certificate(readFileSync(file(name)))

test("root, middle and leaf form a chain, sha1WithRSA, with UnionPay's name in the leaf", () => {
  const [root, middle, leaf] = [
    certificate('acp_root.pem'),
    certificate('acp_middle.pem'),
    certificate('acp_verify_sign.pem'),
  ]
  expect([root.checkIssued(root), middle.checkIssued(root), leaf.checkIssued(middle)]).toEqual([
    true,
    true,
    true,
  ])
  expect([
    root.verify(root.publicKey),
    middle.verify(root.publicKey),
    leaf.verify(middle.publicKey),
  ]).toEqual([true, true, true])
  expect([root.ca, middle.ca, leaf.ca]).toEqual([true, true, false])
  expect(leaf.subject).toMatch(/CN=041@\d+@中国银联股份有限公司@0001$/)
  expect(leaf.raw.includes(Buffer.from('2a864886f70d010105', 'hex'))).toBe(true)
})

test('certId is a decimal number too long for a double', () => {
  const { cert_id, certificate: own } = pki.merchant(firstMerchant) as NonNullable<
    ReturnType<typeof pki.merchant>
  >
  expect(cert_id).toMatch(/^\d{38,39}$/)
  expect(cert_id).toBe(certIdOf(own))
})

test("OpenSSL 3 refuses the old .pfx and opens the new one; both hold the merchant's key and certificate", () => {
  const open = (name: string) => () =>
    tls.createSecureContext({ pfx: readFileSync(file(name)), passphrase: '000000' })
  expect(open(`merchant-${firstMerchant}.pfx`)).toThrow('Unsupported PKCS12')
  expect(open(`merchant-${firstMerchant}-new.pfx`)).not.toThrow()
  expect(
    readFileSync(file(`merchant-${firstMerchant}.pfx`)).includes(
      Buffer.from('2a864886f70d010c0106', 'hex'),
    ),
  ).toBe(true)
  for (const form of ['', '-new']) {
    const { key, certId } = openPfx(file(`merchant-${firstMerchant}${form}.pfx`))
    expect(certId).toBe(pki.merchant(firstMerchant)?.cert_id)
    expect(certificate(`merchant-${firstMerchant}.pem`).checkPrivateKey(key)).toBe(true)
    expect(() => openPfx(file(`merchant-${firstMerchant}${form}.pfx`), '000001')).toThrow()
  }
})

test('untrusted leaves exist: expired, foreign, another owner, the test owner', () => {
  const middle = certificate('acp_middle.pem')
  const leaf = (kind: string) => certificate(`${kind}/leaf.pem`)
  expect(new Date(leaf('expired').validTo) < new Date()).toBe(true)
  expect(leaf('expired').verify(middle.publicKey)).toBe(true)
  expect(leaf('foreign').verify(middle.publicKey)).toBe(false)
  expect(leaf('foreign').subject).toBe(leaf('unionpay').subject)
  expect(leaf('wrong-owner').subject).not.toContain('中国银联')
  expect(leaf('test-owner').subject).toContain('@00040000:SIGN@')
  for (const kind of ['expired', 'foreign', 'wrong-owner', 'test-owner', 'unionpay'] as const) {
    expect(leaf(kind).checkPrivateKey(pki.signer(kind).key)).toBe(true)
  }
})

test('only the owner can read private files', () => {
  const files = readdirSync(file(''), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(key|pfx)$|secure-key$/.test(name),
  )
  expect(files.length).toBeGreaterThanOrEqual(8)
  for (const name of files) expect(statSync(file(name)).mode & 0o777, name).toBe(0o600)
})

test('opening a second time creates nothing new; a merchant added later receives a key of the same authority', () => {
  const before = readFileSync(file(`merchant-${firstMerchant}.pfx`))
  const again = openPki(folder, [firstMerchant, secondMerchant], new Date())
  expect(readFileSync(file(`merchant-${firstMerchant}.pfx`))).toEqual(before)
  expect(again.signer('unionpay').pem).toBe(pki.signer('unionpay').pem)
  expect(
    again.merchant(secondMerchant)?.certificate.verify(certificate('acp_middle.pem').publicKey),
  ).toBe(true)
  expect(
    again.merchant(secondMerchant)?.certificate.checkIssued(certificate('acp_middle.pem')),
  ).toBe(true)
  expect(pki.merchant(secondMerchant)).toBeNull()
})
