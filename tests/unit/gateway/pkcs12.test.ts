import { createPublicKey, createSign, createVerify } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import forge from 'node-forge'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { membersOf, readDer, type Der } from '../../../server/unionpay/gateway/der.ts'
import {
  loadCertificates,
  openMerchants,
  openPfxFile,
  readMerchantEntry,
} from '../../../server/unionpay/gateway/keys.ts'
import { deriveKey } from '../../../server/unionpay/gateway/pkcs12/derive-key.ts'
import { decryptRc2Block, expandKey } from '../../../server/unionpay/gateway/pkcs12/rc2.ts'
import { readPfx, type Pfx } from '../../../server/unionpay/gateway/pkcs12/read-pfx.ts'
import { writePfx } from '../../../sandbox/pki/pkcs12.ts'
import { makeAuthority } from '../../support/acp-authority.ts'
import { rc2Pfx, rc2Serial, sm2Pfx } from './pfx-files.ts'
import { sm2Leaf } from './sm2-certificates.ts'

let authority: ReturnType<typeof makeAuthority>
let signed: ReturnType<ReturnType<typeof makeAuthority>['leaf']>
let folder: string
beforeAll(() => {
  authority = makeAuthority()
  signed = authority.leaf({ cn: '898310148160568:SIGN' })
  folder = mkdtempSync(join(tmpdir(), 'wugan-pfx-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Whether the key signs what the certificate verifies. */
const fits = ({ key, certificate }: Pfx): boolean =>
  createVerify('sha256')
    .update('x')
    .verify(certificate.key, createSign('sha256').update('x').sign(key))

function forgePfx(
  options: Parameters<typeof forge.pkcs12.toPkcs12Asn1>[3],
  password = '000000',
  chain = [signed],
): Buffer {
  const key = forge.pki.privateKeyFromPem(
    signed.key.export({ type: 'pkcs8', format: 'pem' }) as string,
  )
  const certificates = chain.map((one) => forge.pki.certificateFromPem(one.pem))
  return Buffer.from(
    forge.asn1.toDer(forge.pkcs12.toPkcs12Asn1(key, certificates, password, options)).getBytes(),
    'binary',
  )
}

/**
 * The same file with indefinite lengths and octet strings in pieces, as Java's key stores write it.
 */
function asBer(value: Der): Buffer {
  const end = Buffer.alloc(2)
  if (value.constructed)
    return Buffer.concat([Buffer.from([value.tag, 0x80]), ...membersOf(value).map(asBer), end])
  if (value.tag !== 0x04 || value.content.length < 40) return value.whole
  const pieces =
    value.content
      .toString('hex')
      .match(/.{1,200}/g)
      ?.map((piece) =>
        Buffer.concat([Buffer.from([0x04, piece.length / 2]), Buffer.from(piece, 'hex')]),
      ) ?? []
  return Buffer.concat([Buffer.from([0x24, 0x80]), ...pieces, end])
}

describe('a .pfx is opened', () => {
  test.for(['old', 'new'] as const)(
    'in its %s form, with the key, the matching certificate and its certId',
    (form) => {
      const pfx = readPfx(writePfx(signed, '000000', form), '000000')
      expect(fits(pfx)).toBe(true)
      expect(pfx.certificate.cert_id).toBe(
        BigInt(`0x${signed.certificate.serialNumber}`).toString(),
      )
      expect(pfx.certificate.cn).toBe('898310148160568:SIGN')
    },
  )
  test.for([
    { algorithm: '3des' },
    { algorithm: 'aes128' },
    { algorithm: 'aes192' },
    { algorithm: 'aes256' },
  ] as const)('that node-forge wrote with $algorithm', (options) => {
    expect(fits(readPfx(forgePfx(options), '000000'))).toBe(true)
  })
  test('that contains the chain too: the leaf is the certificate of the key, in any order', () => {
    for (const chain of [
      [signed, authority.middle, authority.root],
      [authority.root, authority.middle, signed],
    ]) {
      const pfx = readPfx(forgePfx({ algorithm: '3des' }, '000000', chain), '000000')
      expect([pfx.certificate.cn, pfx.others.map((one) => String(one.cn)).toSorted()]).toEqual([
        '898310148160568:SIGN',
        ['TEST CS CA', 'TEST OCA1'],
      ])
    }
  })
  test('that OpenSSL wrote with RC2-128 for both and a Chinese password', () => {
    const pfx = readPfx(rc2Pfx, '密码-1')
    expect([fits(pfx), pfx.certificate.cert_id]).toEqual([true, BigInt(rc2Serial).toString()])
  })
  test('that holds an SM2 key', () => {
    const pfx = readPfx(sm2Pfx, '000000')
    expect(pfx.certificate.sm2_hex).toMatch(/^04[0-9a-f]{128}$/)
    expect(pfx.certificate.x509.raw).toEqual(readPemOf(sm2Leaf))
  })
  test.for(['old', 'new'] as const)('%s with indefinite lengths and cut octet strings', (form) => {
    const ber = asBer(readDer(writePfx(signed, '000000', form)))
    expect(ber.includes(Buffer.from([0x24, 0x80]))).toBe(true)
    expect(fits(readPfx(ber, '000000'))).toBe(true)
  })
})
const sentenceOf = (action: () => boolean): string => {
  try {
    return `opened: ${action()}`
  } catch (error) {
    return (error as Error).message
  }
}
const readPemOf = (pem: string): Buffer =>
  Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64')

describe('a .pfx is not opened', () => {
  test('with a wrong password, which is reported', () => {
    for (const [bytes, wrong] of [
      [writePfx(signed, '000000', 'old'), '000001'],
      [writePfx(signed, '000000', 'new'), ''],
      [rc2Pfx, '密码'],
    ] as const) {
      expect(() => readPfx(bytes, wrong)).toThrow(/does not open with this password/)
    }
  })
  test('when a byte was changed, it was truncated, or it is another kind of file', () => {
    const bytes = writePfx(signed, '000000', 'new')
    const changed = Buffer.from(bytes)
    changed[600] = (changed[600] ?? 0) ^ 1
    for (const broken of [
      changed,
      bytes.subarray(0, 500),
      Buffer.from(signed.pem),
      Buffer.alloc(0),
      Buffer.from('3003020103', 'hex'),
      Buffer.alloc(2000, 0x30),
    ]) {
      expect(() => readPfx(broken, '000000')).toThrow(
        /^(does not open|is damaged|is not a PKCS#12 file|carries no)/,
      )
    }
  })
  test('when its certificate belongs to another key', () => {
    expect(() =>
      readPfx(forgePfx({ algorithm: '3des' }, '000000', [authority.root]), '000000'),
    ).toThrow(/no certificate that fits/)
  })
  test('with an error sentence only, whatever byte is changed', () => {
    const bytes = writePfx(signed, '000000', 'old')
    for (let at = 0; at < bytes.length; at += 37) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 0x55
      // a byte outside the MAC, such as the version, changes nothing
      expect(sentenceOf(() => fits(readPfx(changed, '000000')))).toMatch(
        /^(opened: true|does not open|is damaged|is not a PKCS#12 file|carries no|holds no)/,
      )
    }
  }, 30_000)
})

test('RC2 gives the plain texts of RFC 2268, section 5', () => {
  const vectors = [
    ['0000000000000000', 63, '0000000000000000', 'ebb773f993278eff'],
    ['ffffffffffffffff', 64, 'ffffffffffffffff', '278b27e42e2f0d49'],
    ['3000000000000000', 64, '1000000000000001', '30649edf9be7d2c2'],
    ['88', 64, '0000000000000000', '61a8a244adacccf0'],
    ['88bca90e90875a', 64, '0000000000000000', '6ccf4308974c267f'],
    ['88bca90e90875a7f0f79c384627bafb2', 64, '0000000000000000', '1a807d272bbe5db1'],
    ['88bca90e90875a7f0f79c384627bafb2', 128, '0000000000000000', '2269552ab0f85ca6'],
  ] as const
  for (const [key, bits, plain, cipher] of vectors)
    expect(
      decryptRc2Block(
        expandKey(Buffer.from(key, 'hex'), bits),
        Buffer.from(cipher, 'hex'),
      ).toString('hex'),
    ).toBe(plain)
})

test('keys are derived as node-forge derives them', () => {
  const [salt, password] = [Buffer.from('0123456789abcdef', 'hex'), 'päss密码']
  for (const purpose of [1, 2, 3] as const) {
    const expected = forge.pkcs12.generateKey(
      password,
      forge.util.createBuffer(salt.toString('binary')),
      purpose,
      100,
      50,
    )
    expect(
      deriveKey(
        'sha1',
        Buffer.from(`${password}\0`, 'utf16le').swap16(),
        salt,
        100,
        purpose,
        50,
      ).toString('hex'),
    ).toBe(expected.toHex())
  }
})

describe('the merchants', () => {
  test('are opened once, with every error in one message', () => {
    const file = join(folder, 'a.pfx')
    writeFileSync(file, writePfx(signed, '000000', 'old'))
    const entries = [`898310148160568:${file}`, '898310148160569'].map(readMerchantEntry)
    const settings = { sign_method: '01' as const, pfx_password: '000000', secure_key: null }
    const [merchant] = openMerchants(entries.slice(0, 1), settings)
    expect(merchant?.signing).toMatchObject({
      method: '01',
      cert_id: merchant?.certificate?.cert_id,
    })
    expect(() => openMerchants(entries, { ...settings, pfx_password: 'x' })).toThrow(
      /568: .*a\.pfx does not open with this password[^]*569: signMethod 01 needs a \.pfx file/,
    )
    expect(
      openMerchants(entries, { ...settings, sign_method: '11', secure_key: 'k' }).map(
        (one) => one.signing.method,
      ),
    ).toEqual(['11', '11'])
    expect(() => openMerchants(entries, { ...settings, sign_method: '12' })).toThrow(/shared key/)
    expect(() => openMerchants(entries.slice(0, 1), { ...settings, sign_method: '21' })).toThrow(
      /SM2/,
    )
    expect(() => readMerchantEntry('12:file')).toThrow(/15 letters and digits/)
    expect(() => openPfxFile(join(folder, 'none.pfx'), '')).toThrow(/ENOENT/)
  })
  test('of SM2 sign with the key of their file', () => {
    const file = join(folder, 's.pfx')
    writeFileSync(file, sm2Pfx)
    expect(
      openMerchants([{ merchant: '898310148160568', file }], {
        sign_method: '21',
        pfx_password: '000000',
        secure_key: null,
      })[0]?.signing.method,
    ).toBe('21')
  })
  test('have certificate files in PEM, several in one, or DER', () => {
    const [pem, der, bad] = ['c.pem', 'c.der', 'c.bad'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ]
    writeFileSync(pem, `${authority.root.pem}\n${authority.middle.pem}\n`)
    writeFileSync(der, authority.root.certificate.raw)
    writeFileSync(bad, createPublicKey(signed.key).export({ type: 'spki', format: 'pem' }))
    expect(loadCertificates([pem, der]).map((one) => one.cn)).toEqual([
      'TEST CS CA',
      'TEST OCA1',
      'TEST CS CA',
    ])
    expect(() => loadCertificates([bad])).toThrow(/c\.bad is no certificate/)
  })
})
