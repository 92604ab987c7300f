import { randomBytes, type KeyObject } from 'node:crypto'
import forge from 'node-forge'
import { toBuffer, type Signed } from './certificate.ts'

const { asn1, pki } = forge
const { Class, Type } = asn1
const iterations = 2_048
const oid = {
  signed_bag: '1.2.840.113549.1.12.10.1.3',
  key_bag: '1.2.840.113549.1.12.10.1.2',
  x509: '1.2.840.113549.1.9.22.1',
  plain: '1.2.840.113549.1.7.1',
  encrypted: '1.2.840.113549.1.7.6',
  rc2_40: '1.2.840.113549.1.12.1.6',
}

const sequence = (...members: forge.asn1.Asn1[]) =>
  asn1.create(Class.UNIVERSAL, Type.SEQUENCE, true, members)
const octets = (bytes: string) => asn1.create(Class.UNIVERSAL, Type.OCTETSTRING, false, bytes)
const identifier = (dotted: string) =>
  asn1.create(Class.UNIVERSAL, Type.OID, false, asn1.oidToDer(dotted).getBytes())
const integer = (value: number) =>
  asn1.create(Class.UNIVERSAL, Type.INTEGER, false, asn1.integerToDer(value).getBytes())
const tagged = (member: forge.asn1.Asn1) => asn1.create(Class.CONTEXT_SPECIFIC, 0, true, [member])
const bytesOf = (value: forge.asn1.Asn1): string => asn1.toDer(value).getBytes()
const salt = (): string => randomBytes(8).toString('binary')

/**
 * A merchant's .pfx. `old`, as acp_test_sign.pfx: RC2-40 for the certificate, 3DES for the key,
 * SHA-1 for the MAC; OpenSSL 3 refuses it. `new`: PBES2 with AES-256 for both, SHA-256 for the MAC.
 */
export function writePfx(signed: Signed, password: string, form: 'old' | 'new'): Buffer {
  const certificate = asn1.fromDer(
    forge.util.createBuffer(signed.certificate.raw.toString('binary')),
  )
  const bag = sequence(
    sequence(
      identifier(oid.signed_bag),
      tagged(sequence(identifier(oid.x509), tagged(octets(bytesOf(certificate))))),
    ),
  )
  const key =
    form === 'old'
      ? pki.encryptPrivateKeyInfo(keyOf(signed.key), password, {
          algorithm: '3des',
          count: iterations,
        })
      : strong(keyOf(signed.key), password)
  const key_bag = sequence(sequence(identifier(oid.key_bag), tagged(key)))
  const safe = bytesOf(
    sequence(
      sealed(form === 'old' ? weak(bag, password) : strong(bag, password)),
      open(bytesOf(key_bag)),
    ),
  )
  return toBuffer(sequence(integer(3), open(safe), seal(safe, password, form)))
}

const open = (content: string) => sequence(identifier(oid.plain), tagged(octets(content)))

/** EncryptedData around an algorithm and its ciphertext, both as in an EncryptedPrivateKeyInfo. */
function sealed(encrypted: forge.asn1.Asn1): forge.asn1.Asn1 {
  const [algorithm, text] = encrypted.value as [forge.asn1.Asn1, forge.asn1.Asn1]
  const content = asn1.create(Class.CONTEXT_SPECIFIC, 0, false, text.value)
  return sequence(
    identifier(oid.encrypted),
    tagged(sequence(integer(0), sequence(identifier(oid.plain), algorithm, content))),
  )
}

const strong = (value: forge.asn1.Asn1, password: string): forge.asn1.Asn1 =>
  pki.encryptPrivateKeyInfo(value, password, {
    algorithm: 'aes256',
    count: iterations,
    prfAlgorithm: 'sha256',
  } as never)

/** pbeWithSHAAnd40BitRC2-CBC of RFC 7292: node-forge reads it but cannot write it. */
function weak(value: forge.asn1.Asn1, password: string): forge.asn1.Asn1 {
  const salted = salt()
  const derive = (purpose: number, length: number) =>
    forge.pkcs12.generateKey(password, forge.util.createBuffer(salted), purpose, iterations, length)
  const cipher = (
    forge as unknown as {
      rc2: {
        createEncryptionCipher(
          key: unknown,
          bits: number,
        ): forge.cipher.BlockCipher & { start(iv: unknown): void }
      }
    }
  ).rc2.createEncryptionCipher(derive(1, 5), 40)
  cipher.start(derive(2, 8))
  cipher.update(asn1.toDer(value))
  cipher.finish()
  return sequence(
    sequence(identifier(oid.rc2_40), sequence(octets(salted), integer(iterations))),
    octets(cipher.output.getBytes()),
  )
}

function seal(safe: string, password: string, form: 'old' | 'new'): forge.asn1.Asn1 {
  const salted = salt()
  const digest = form === 'old' ? forge.md.sha1.create() : forge.md.sha256.create()
  const key = forge.pkcs12.generateKey(
    password,
    forge.util.createBuffer(salted),
    3,
    iterations,
    digest.digestLength,
    digest,
  )
  const mac = forge.hmac.create()
  mac.start(digest, key)
  mac.update(safe)
  const algorithm = sequence(
    identifier(pki.oids[form === 'old' ? 'sha1' : 'sha256'] as string),
    asn1.create(Class.UNIVERSAL, Type.NULL, false, ''),
  )
  return sequence(
    sequence(algorithm, octets(mac.getMac().getBytes())),
    octets(salted),
    integer(iterations),
  )
}

const keyOf = (key: KeyObject): forge.asn1.Asn1 =>
  asn1.fromDer(
    forge.util.createBuffer(key.export({ type: 'pkcs8', format: 'der' }).toString('binary')),
  )
