import { createPublicKey, createPrivateKey } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import forge from 'node-forge'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writePfx } from '../../../sandbox/pki/pkcs12.ts'
import { readPassword } from '../../../server/unionpay/acp-gateway.ts'
import { loadCertificates, openPfxFile } from '../../../server/unionpay/gateway/keys.ts'
import { readSecretFile } from '../../../server/unionpay/key-files/read-file.ts'
import { loadNoticeKeys } from '../../../server/unionpay/notice-keys.ts'
import { makeAuthority } from '../../support/acp-authority.ts'
import { rc2Pfx } from './pfx-files.ts'

let authority: ReturnType<typeof makeAuthority>
let own: ReturnType<ReturnType<typeof makeAuthority>['leaf']>
let folder: string
beforeAll(() => {
  authority = makeAuthority()
  own = authority.leaf({ cn: '898310148160568:SIGN' })
  folder = mkdtempSync(join(tmpdir(), 'wugan-key-files-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string, content: string | Buffer): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le')
const base64 = (bytes: Buffer): string => bytes.toString('base64')
const bundle = (): Buffer => {
  const made = forge.pkcs7.createSignedData()
  for (const { pem } of [authority.middle, authority.root])
    made.addCertificate(forge.pki.certificateFromPem(pem))
  made.sign()
  return Buffer.from(forge.asn1.toDer(made.toAsn1()).getBytes(), 'binary')
}

describe('a certificate is read', () => {
  test.for<[string, (pem: string, der: Buffer) => string | Buffer]>([
    ['as PEM', (pem) => pem],
    ['as DER', (_pem, der) => der],
    ['as DER with a line end behind it', (_pem, der) => Buffer.concat([der, Buffer.from('\r\n')])],
    ['as UTF-16', (pem) => utf16(pem)],
    ['as UTF-16, high byte first', (pem) => utf16(pem).swap16()],
    ['as UTF-16 without its mark', (pem) => Buffer.from(pem, 'utf16le')],
    ['with the mark of UTF-8', (pem) => `\ufeff${pem}`],
    ['as bare Base64 on one line', (_pem, der) => base64(der)],
    ['as bare Base64 in lines', (_pem, der) => base64(der).replace(/(.{64})/g, '$1\r\n')],
    ['as bare Base64 in UTF-16', (_pem, der) => utf16(base64(der))],
    ['as hexadecimal', (_pem, der) => der.toString('hex')],
    ['as Base64 of PEM', (pem) => base64(Buffer.from(pem))],
    ['with CR for line ends', (pem) => pem.replaceAll('\r\n', '\r')],
    ['with \\n for line ends', (pem) => pem.replaceAll('\r\n', '\\n')],
    ['with \\r\\n for line ends', (pem) => pem.replaceAll('\r\n', '\\r\\n')],
    ['without line ends', (pem) => pem.replaceAll('\r\n', '')],
    ['with blanks for line ends', (pem) => pem.replaceAll('\r\n', ' ')],
    ['with empty lines between', (pem) => pem.replaceAll('\r\n', '\r\n\r\n')],
    ['indented', (pem) => pem.replace(/^/gm, '    ')],
    ['quoted in a mail', (pem) => pem.replace(/^/gm, '> ')],
    ['behind other text', (pem) => `Bag Attributes\n  friendlyName: x\nsubject=CN = x\n${pem}\n`],
    ['inside JSON', (pem) => JSON.stringify({ cert: pem })],
    ['as text of a Java program', (pem) => pem.replace(/^(.*?)\r?$/gm, '"$1\\n" +')],
  ])('%s', ([, write]) => {
    const { pem, certificate } = own
    const [found, ...others] = loadCertificates([file('c', write(pem, certificate.raw))])
    expect(found?.x509.raw).toEqual(certificate.raw)
    expect(others).toEqual([])
  })
  test.for<[string, (der: Buffer) => string | Buffer]>([
    ['DER', (der) => der],
    ['Base64', (der) => base64(der)],
    ['PEM', (der) => `-----BEGIN PKCS7-----\n${base64(der)}\n-----END PKCS7-----\n`],
  ])('in a .p7b as %s, with all others in it', ([, write]) => {
    expect(loadCertificates([file('c.p7b', write(bundle()))]).map(({ cn }) => cn)).toEqual([
      'TEST OCA1',
      'TEST CS CA',
    ])
  })
  test.for<[string, () => string | Buffer, RegExp]>([
    [
      'a Java key store',
      () => Buffer.from('feedfeed00000002', 'hex'),
      /keytool -list -rfc -keystore \S+c\.bad > \S+c\.bad\.pem/,
    ],
    [
      'a .pfx',
      () => writePfx(own, '0', 'new'),
      /openssl pkcs12 -in \S+c\.bad -nokeys -out \S+c\.bad\.pem/,
    ],
    [
      'a private key',
      () => own.key.export({ type: 'pkcs8', format: 'pem' }),
      /it is a private key/,
    ],
    [
      'a public key',
      () => createPublicKey(own.key).export({ type: 'spki', format: 'pem' }),
      /it is a public key/,
    ],
    ['a web page', () => '<html><body>404</body></html>', /web page/],
    ['nothing', () => '', /it is empty/],
    ['a certificate that was cut', () => own.pem.slice(0, 400), /was cut/],
  ])('not from %s, with a remedy', ([, make, sentence]) => {
    expect(() => loadCertificates([file('c.bad', make())])).toThrow(sentence)
  })
})

describe('a key file is read', () => {
  test.for<[string, (pfx: Buffer) => string | Buffer, string[]]>([
    ['as it is', (pfx) => pfx, []],
    ['as Base64', (pfx) => base64(pfx), ['the key file is written as bare Base64']],
    [
      'as Base64 in UTF-16',
      (pfx) => utf16(base64(pfx)),
      ['the key file is written as bare Base64'],
    ],
    [
      'as PEM around PKCS#12',
      (pfx) => `-----BEGIN PKCS12-----\n${base64(pfx)}\n-----END PKCS12-----`,
      ['the key file is written as PEM'],
    ],
  ])('%s, whatever its name, and its form is reported', ([, write, remarks]) => {
    const pfx = openPfxFile(file('k.jks', write(writePfx(own, '000000', 'old'))), '000000')
    expect([pfx.certificate.cn, pfx.remarks]).toEqual(['898310148160568:SIGN', remarks])
  })
  test.for<[string, () => string | Buffer, RegExp]>([
    [
      'JKS',
      () => Buffer.from('feedfeed00000002', 'hex'),
      /keytool -importkeystore -srckeystore \S+k\.pfx -destkeystore \S+k\.pfx\.p12 -deststoretype PKCS12/,
    ],
    ['JCEKS', () => Buffer.from('cececece00000002', 'hex'), /keytool -importkeystore/],
    [
      'PEM with both',
      () => `${String(own.key.export({ type: 'pkcs8', format: 'pem' }))}${own.pem}`,
      /openssl pkcs12 -export -in \S+k\.pfx -out \S+k\.pfx\.p12/,
    ],
    [
      'a key alone',
      () => own.key.export({ type: 'pkcs1', format: 'pem' }),
      /: openssl pkcs12 -export -inkey \S+k\.pfx -in CERTIFICATE -out/,
    ],
    [
      'a key alone in DER',
      () => own.key.export({ type: 'pkcs8', format: 'der' }),
      /openssl pkey -inform DER -in \S+ -out \S+\.pem && openssl pkcs12 -export -inkey \S+\.pem/,
    ],
    [
      'a certificate alone',
      () => own.pem,
      /: openssl pkcs12 -export -inkey KEY -in \S+k\.pfx -out/,
    ],
    [
      'a certificate in Base64',
      () => base64(own.certificate.raw),
      /tr -d .* \| openssl base64 -d -A \| openssl x509 -inform DER -out \S+\.pem && openssl pkcs12/,
    ],
    ['nothing', () => '', /is not a PKCS#12 file: it is empty/],
  ])('not from %s, and names the command that converts it', ([, make, sentence]) => {
    expect(() => openPfxFile(file('k.pfx', make()), '000000')).toThrow(sentence)
  })
  test('with a file name that a shell would split, quoted in the command', () => {
    expect(() => openPfxFile(file("my key's.pfx", own.pem), '')).toThrow(
      /-in '[^']*my key'\\''s\.pfx'/,
    )
  })
  test('not when it is larger than any key file', () => {
    expect(() => openPfxFile(file('large', Buffer.alloc(1_100_000)), '')).toThrow(
      /larger than 1 MB/,
    )
  })
})

describe('a password file is read', () => {
  const opened = (password: string, content: string | Buffer) =>
    openPfxFile(
      file('k.pfx', writePfx(own, password, 'new')),
      readPassword({ acp_pfx_password: null, acp_pfx_password_file: file('password', content) }),
    )
  test.for<[string, string | Buffer, number]>([
    ['as it is', 'Pa 55', 0],
    ['with a line end', 'Pa 55\r\n', 0],
    ['with the mark of UTF-8', '\ufeffPa 55\n', 0],
    ['in UTF-16', utf16('Pa 55\r\n'), 0],
    ['in UTF-16 without its mark', Buffer.from('Pa 55\r\n', 'utf16le'), 0],
    ['with blanks behind it', 'Pa 55 \t\n', 1],
    ['in quotation marks', '"Pa 55"\n', 1],
    ['with another line', 'Pa 55\nsince 2026\n', 1],
  ])('%s', ([, content, remarks]) => {
    expect(opened('Pa 55', content).remarks).toHaveLength(remarks)
  })
  test('whose blanks and quotation marks belong to it', () => {
    expect(opened(' "x" ', ' "x" \n').remarks).toEqual([])
    expect(() => opened('x', ' y \n')).toThrow(/does not open with this password/)
  })
  test('in GBK, and a shared key the same way', () => {
    const password = file('password', Buffer.from('c3dcc2eb2d310d0a', 'hex'))
    const given = { acp_pfx_password: null, acp_pfx_password_file: password }
    expect(openPfxFile(file('k.pfx', rc2Pfx), readPassword(given)).remarks).toEqual([])
    expect(readSecretFile(file('secret', utf16(' secret \r\n')))).toBe('secret')
  })
})

test('a key file with an empty password opens, in both encodings of it', () => {
  for (const form of ['old', 'new'] as const)
    expect(openPfxFile(file('e.pfx', writePfx(own, '', form)), '').certificate.cn).toBe(
      '898310148160568:SIGN',
    )
})

test.for<[string, () => string | Buffer]>([
  ['PEM', () => createPublicKey(own.key).export({ type: 'spki', format: 'pem' })],
  ['PKCS#1', () => createPublicKey(own.key).export({ type: 'pkcs1', format: 'pem' })],
  ['DER', () => createPublicKey(own.key).export({ type: 'spki', format: 'der' })],
  [
    'bare Base64, as UnionPay prints it',
    () => base64(createPublicKey(own.key).export({ type: 'spki', format: 'der' })),
  ],
  ['UTF-16', () => utf16(String(createPublicKey(own.key).export({ type: 'spki', format: 'pem' })))],
  ['its certificate', () => own.pem],
])('a key for verifying notices is read as %s', ([, make]) => {
  const [key, ...others] = loadNoticeKeys([file('key', make())])
  expect(key?.equals(createPublicKey(own.key))).toBe(true)
  expect(others).toEqual([])
})

test('a private key is refused for verifying notices', () => {
  const text = createPrivateKey(own.key.export({ type: 'pkcs8', format: 'pem' }))
  const key = file('key', text.export({ type: 'pkcs8', format: 'pem' }))
  expect(() => loadNoticeKeys([key])).toThrow(/holds no public key and no certificate/)
})
