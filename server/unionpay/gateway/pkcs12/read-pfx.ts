import { createHmac, createPrivateKey, timingSafeEqual, type KeyObject } from 'node:crypto'
import { readCertificate, type Certificate } from '../certificate.ts'
import { identifierOf, memberOf, membersOf, octetsOf, readDer, type Der } from '../der.ts'
import { decrypt, roundsOf } from './decrypt.ts'
import { bmpPassword, deriveKey, purposes, type Password } from './derive-key.ts'

/** The file is well, the password is not its own. */
export class WrongPassword extends Error {
  override readonly message = 'does not open with this password (or was changed after it was made)'
}

/** What a merchant's .pfx holds: the key, the certificate that fits it, and any others. */
export type Pfx = { key: KeyObject; certificate: Certificate; others: readonly Certificate[] }

const content = { open: '1.2.840.113549.1.7.1', encrypted: '1.2.840.113549.1.7.6' } as const
const bag = {
  key: '1.2.840.113549.1.12.10.1.1',
  sealed_key: '1.2.840.113549.1.12.10.1.2',
  certificate: '1.2.840.113549.1.12.10.1.3',
} as const
const seals: Record<string, string> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

/**
 * Opens a PKCS#12 file: old ones (RC2-40 or RC2-128 and 3DES, as acp_test_sign.pfx) and new ones
 * (PBES2). Throws a sentence that begins with a verb or "the password", to be put after the file's
 * name.
 */
export function readPfx(bytes: Buffer, password: string): Pfx {
  const file = tryTo('is not a PKCS#12 file', () => readDer(bytes))
  const members = tryTo('is not a PKCS#12 file', () => membersOf(file))
  const safe = tryTo('is not a PKCS#12 file', () => openContent(members[1]))
  if (!members[2])
    throw new Error(
      'carries no integrity check, so its password cannot be checked. Write it again: openssl pkcs12 -in FILE -nomacver -nodes -out FILE.pem && openssl pkcs12 -export -in FILE.pem -out FILE.p12',
    )
  const seal = members[2]
  const sealed_with = passwordsFor(password).find((one) => isSealedWith(seal, safe, one))
  if (sealed_with === undefined) throw new WrongPassword()
  const { keys, certificates } = tryTo('is damaged', () => readBags(safe, sealed_with))
  for (const key of keys) {
    const certificate = certificates.find((one) => one.x509.checkPrivateKey(key))
    if (certificate)
      return { key, certificate, others: certificates.filter((one) => one !== certificate) }
  }
  throw new Error(
    keys.length === 0 ? 'holds no private key' : 'holds no certificate that fits its private key',
  )
}

/** RFC 7292, section 4: the bytes of a ContentInfo that is not encrypted. */
function openContent(value: Der | undefined): Buffer {
  if (!value || identifierOf(memberOf(value, 0)) !== content.open)
    throw new Error('it is sealed with a public key')
  return octetsOf(memberOf(memberOf(value, 1), 0))
}

/** Some programs write an empty password as no bytes at all, others as the closing zero alone. */
const passwordsFor = (password: string): Password[] => (password === '' ? ['', null] : [password])

/** RFC 7292, appendix A: HMAC over the content with a key from the password. */
function isSealedWith(seal: Der, safe: Buffer, password: Password): boolean {
  return tryTo('is damaged', () => {
    const [digest, salt, rounds] = membersOf(seal)
    const hash = digest && seals[identifierOf(memberOf(memberOf(digest, 0), 0))]
    if (!digest || !salt || !hash) throw new Error('its integrity check is of an unsupported kind')
    const expected = octetsOf(memberOf(digest, 1))
    const key = deriveKey(
      hash,
      bmpPassword(password),
      octetsOf(salt),
      rounds ? roundsOf(rounds) : 1,
      purposes.mac,
      expected.length,
    )
    const found = createHmac(hash, key).update(safe).digest()
    return found.length === expected.length && timingSafeEqual(found, expected)
  })
}

type Bags = { keys: KeyObject[]; certificates: Certificate[] }

function readBags(safe: Buffer, password: Password): Bags {
  const found: Bags = { keys: [], certificates: [] }
  for (const part of membersOf(readDer(safe))) {
    for (const one of membersOf(readDer(openPart(part, password)))) {
      const [type, value] = [identifierOf(memberOf(one, 0)), memberOf(memberOf(one, 1), 0)]
      if (type === bag.certificate)
        found.certificates.push(readCertificate(octetsOf(memberOf(memberOf(value, 1), 0))))
      if (type === bag.key) found.keys.push(privateKey(value.whole))
      if (type === bag.sealed_key)
        found.keys.push(
          privateKey(decrypt(memberOf(value, 0), octetsOf(memberOf(value, 1)), password)),
        )
    }
  }
  return found
}

function openPart(part: Der, password: Password): Buffer {
  const type = identifierOf(memberOf(part, 0))
  if (type === content.open) return openContent(part)
  if (type !== content.encrypted) throw new Error(`it holds a part of the kind ${type}`)
  const [, algorithm, encrypted] = membersOf(memberOf(memberOf(memberOf(part, 1), 0), 1))
  if (!algorithm || !encrypted) throw new Error('a part is missing')
  return decrypt(algorithm, octetsOf(encrypted), password)
}

const privateKey = (der: Buffer): KeyObject =>
  createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })

function tryTo<Value>(sentence: string, action: () => Value): Value {
  try {
    return action()
  } catch (error) {
    throw new Error(`${sentence}: ${(error as Error).message}`, { cause: error })
  }
}
