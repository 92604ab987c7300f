import { createHash, generateKeyPairSync, verify } from 'node:crypto'
import { sm2 } from 'sm-crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { certificateOf, readCertificate } from '../../../server/unionpay/gateway/certificate.ts'
import { secureKeyDigest } from '../../../server/unionpay/gateway/digests.ts'
import {
  readForm,
  splitAnswer,
  type ReceivedMessage,
} from '../../../server/unionpay/gateway/received.ts'
import { signMessage, type SigningKey } from '../../../server/unionpay/gateway/sign-message.ts'
import { isSm2Signed, signSm2, sm2KeyOf } from '../../../server/unionpay/gateway/sm2.ts'
import { createTrust } from '../../../server/unionpay/gateway/trust.ts'
import {
  verifyMessage,
  type Verification,
} from '../../../server/unionpay/gateway/verify-message.ts'
import {
  asAnswer,
  asForm,
  makeAuthority,
  paid,
  signAsUnionPay,
} from '../../support/acp-authority.ts'
import { sm2Leaf, sm2LeafKey, sm2Root } from './sm2-certificates.ts'

let authority: ReturnType<typeof makeAuthority>
let signer: ReturnType<ReturnType<typeof makeAuthority>['leaf']>
let verification: Verification
beforeAll(() => {
  authority = makeAuthority()
  signer = authority.leaf()
  verification = { trust: authority.trust(), shared: {} }
})

const received = (fields: Record<string, string>): ReceivedMessage => {
  const reading = splitAnswer(asAnswer(fields))
  if (reading.kind !== 'read') throw new Error(reading.why)
  return reading
}
const verdict = (fields: Record<string, string>, by = verification) => {
  const found = verifyMessage(received(fields), by)
  return found.kind === 'valid' ? 'valid' : found.why
}
const hex = (algorithm: string, text: string): string =>
  createHash(algorithm).update(text).digest('hex')

describe('signMethod 01', () => {
  test('of a message of UnionPay verifies as answer and as notification, Chinese, CRLF and tokenPayData included', () => {
    const message = signAsUnionPay(paid, signer)
    expect(message.signPubKeyCert).toContain('\r\n')
    const reading = readForm(asForm(message))
    expect([
      verdict(message),
      reading.kind === 'read' && verifyMessage(reading, verification).kind,
    ]).toEqual(['valid', 'valid'])
  })
  test('of ours is RSA over the hexadecimal digest, hashed again, with the decimal certId', async () => {
    const { certificate } = authority.leaf({ cn: '898310148160568:SIGN' })
    const signing: SigningKey = {
      method: '01',
      cert_id: certificateOf(certificate).cert_id,
      key: authority.leaf_key,
    }
    const { signature = '', ...signed } = await signMessage(
      { version: '5.1.0', txnAmt: '350', orderDesc: '可乐 +', signature: 'old' },
      signing,
    )
    expect(signed).toEqual({
      version: '5.1.0',
      txnAmt: '350',
      orderDesc: '可乐 +',
      signMethod: '01',
      certId: BigInt(`0x${certificate.serialNumber}`).toString(),
    })
    const text = `certId=${signed.certId}&orderDesc=可乐 +&signMethod=01&txnAmt=350&version=5.1.0`
    expect(
      verify(
        'sha256',
        Buffer.from(hex('sha256', text)),
        certificate.publicKey,
        Buffer.from(signature, 'base64'),
      ),
    ).toBe(true)
  })
  test('of 5.0.0 is read with SHA-1 and the configured certificate that certId names', () => {
    const certificate = certificateOf(signer.certificate)
    const message = signAsUnionPay({ ...paid, certId: certificate.cert_id }, signer, '5.0.0')
    const knowing = { trust: authority.trust('strict', undefined, [certificate]), shared: {} }
    expect(verdict(message, knowing)).toBe('valid')
    expect(verdict({ ...message, txnAmt: '351' }, knowing)).toBe('signature_wrong')
    expect(verdict(message)).toBe('cert_id_unknown')
  })
  test('without the padding of its Base64 verifies', () => {
    const message = signAsUnionPay(paid, signer)
    expect(message.signature).toMatch(/==$/)
    expect(verdict({ ...message, signature: (message.signature ?? '').replace(/=+$/, '') })).toBe(
      'valid',
    )
  })
  test('with a field added, removed, emptied or changed by one character is wrong', () => {
    const message = signAsUnionPay(paid, signer)
    for (const name of Object.keys(paid)) {
      const { [name]: value = '', ...rest } = message
      for (const tampered of [
        rest,
        { ...message, [name]: '' },
        { ...message, [name]: `${value}0` },
      ]) {
        expect([name, verdict(tampered as Record<string, string>)]).toEqual([
          name,
          'signature_wrong',
        ])
      }
    }
    expect(verdict({ ...message, more: '1' })).toBe('signature_wrong')
  })
  test('with LF instead of CRLF in the certificate, other spelling of the charset or a single hash is wrong', () => {
    const message = signAsUnionPay({ ...paid, encoding: 'utf-8' }, signer)
    expect(verdict(message)).toBe('valid')
    expect(verdict({ ...message, encoding: 'UTF-8' })).toBe('signature_wrong')
    expect(
      verdict({
        ...message,
        signPubKeyCert: message.signPubKeyCert?.replaceAll('\r\n', '\n') ?? '',
      }),
    ).toBe('signature_wrong')
  })
  test.for([
    ['', 'signature_missing'],
    ['%%%', 'signature_wrong'],
    ['AAAA', 'signature_wrong'],
    ['=', 'signature_wrong'],
  ])('with the signature %s is %s', ([signature, expected]) => {
    expect(verdict({ ...signAsUnionPay(paid, signer), signature: signature ?? '' })).toBe(expected)
  })
})

describe('signMethod 11 and 12', () => {
  const shared = { '11': secureKeyDigest('11', 'secret'), '12': secureKeyDigest('12', 'secret') }
  test.for([
    ['11', 'sha256'],
    ['12', 'sm3'],
  ] as const)(
    '%s is made, and checked, with %s of the text and of the key',
    async ([method, algorithm]) => {
      const message = await signMessage(
        { version: '5.1.0', respMsg: '成功', certId: '1' },
        { method, key_digest: shared[method] },
      )
      expect(message).toEqual({
        version: '5.1.0',
        respMsg: '成功',
        signMethod: method,
        signature: hex(
          algorithm,
          `respMsg=成功&signMethod=${method}&version=5.1.0&${hex(algorithm, 'secret')}`,
        ),
      })
      expect(verdict(message, { trust: null, shared })).toBe('valid')
      expect(verdict({ ...message, respMsg: '失败' }, { trust: null, shared })).toBe(
        'signature_wrong',
      )
      expect(
        verdict(message, { trust: null, shared: { [method]: secureKeyDigest(method, 'other') } }),
      ).toBe('signature_wrong')
    },
  )
  test('are refused where no shared key is configured, as unknown methods are', async () => {
    const message = await signMessage(
      { version: '5.1.0' },
      { method: '11', key_digest: shared['11'] },
    )
    expect([
      verdict(message),
      verdict({ ...message, signMethod: '02' }),
      verdict({ a: '1', signature: 'x' }),
    ]).toEqual(Array(3).fill('sign_method_refused'))
    expect(verdict(signAsUnionPay(paid, signer), { trust: null, shared })).toBe(
      'sign_method_refused',
    )
  })
})

describe('signMethod 21', () => {
  const certificate = readCertificate(sm2Leaf)
  const key = sm2KeyOf(sm2LeafKey, certificate.key)
  const trusting = (): Verification => ({
    trust: createTrust({
      roots: [readCertificate(sm2Root)],
      middles: [],
      owner_rule: 'strict',
      clock: { now: () => new Date('2027-06-01') },
    }),
    shared: {},
  })

  test('verifies the example of the standard (GB/T 32918.5, appendix A.2)', () => {
    const point =
      '0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13'.toLowerCase()
    const signature = Buffer.from(
      'F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA',
      'hex',
    )
    expect(isSm2Signed(Buffer.from('message digest'), signature, point)).toBe(true)
    expect(isSm2Signed(Buffer.from('message digesT'), signature, point)).toBe(false)
  })
  test('is SM2 over the hexadecimal SM3 of the text, and verifies in both forms', async () => {
    for (const form of ['der', 'raw'] as const) {
      const message = await signMessage(
        { version: '5.1.0', respMsg: '成功', signPubKeyCert: sm2Leaf },
        { method: '21', cert_id: certificate.cert_id, key, form },
      )
      expect(message.certId).toMatch(/^\d+$/)
      const { signature = '', ...rest } = message
      const text = Object.keys(rest)
        .toSorted()
        .map((name) => `${name}=${rest[name]}`)
        .join('&')
      const bytes = Buffer.from(signature, 'base64').toString('hex')
      expect(
        sm2.doVerifySignature(hex('sm3', text), bytes, certificate.sm2_hex ?? '', {
          hash: true,
          der: form === 'der',
        }),
      ).toBe(true)
      expect([
        verdict(message, trusting()),
        verdict({ ...message, respMsg: '失败' }, trusting()),
      ]).toEqual(['valid', 'signature_wrong'])
    }
  })
  test('is wrong, not an exception, for anything that is no signature', () => {
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.alloc(64),
      Buffer.from('3000', 'hex'),
      Buffer.from('30060201000201', 'hex'),
      Buffer.alloc(70, 0xff),
    ]) {
      expect(isSm2Signed(Buffer.from('x'), bytes, certificate.sm2_hex ?? '')).toBe(false)
    }
    expect(verdict({ ...signAsUnionPay(paid, signer), signMethod: '21' })).toBe('signature_wrong')
  })
  test('needs a key of SM2', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    expect(() => sm2KeyOf(privateKey, publicKey)).toThrow(/SM2/)
  })
  test('signs what Node reads as an SM2 key too', () => {
    const pair = generateKeyPairSync('ec', { namedCurve: 'SM2' })
    const own = sm2KeyOf(pair.privateKey, pair.publicKey)
    expect(
      isSm2Signed(
        Buffer.from('x'),
        Buffer.from(signSm2(Buffer.from('x'), own), 'base64'),
        own.public_hex,
      ),
    ).toBe(true)
  })
})
