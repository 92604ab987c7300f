import { createPublicKey, X509Certificate, type KeyObject } from 'node:crypto'
import { certificateOf, type Certificate } from '../gateway/certificate.ts'
import { identifierOf, membersOf, memberOf, readDer } from '../gateway/der.ts'
import { blocksIn, type Block } from './blocks.ts'

/** The certificates of a file in the order they stand there; empty when it holds none. */
export const certificatesIn = (bytes: Buffer): Certificate[] =>
  blocksIn(bytes).flatMap(({ der }) =>
    [der, ...bundled(der)].flatMap((one) => tryTo(() => certificateOf(new X509Certificate(one)))),
  )

/** The public keys of a file: as such (SPKI or PKCS#1), or of the certificates in it. */
export const publicKeysIn = (bytes: Buffer): KeyObject[] =>
  blocksIn(bytes)
    .filter(({ label }) => !isPrivate(label))
    .flatMap(({ der }) => [
      ...tryTo(() => createPublicKey({ key: der, format: 'der', type: 'spki' })),
      ...tryTo(() => createPublicKey({ key: der, format: 'der', type: 'pkcs1' })),
    ])
    .concat(certificatesIn(bytes).map(({ key }) => key))

export const isPrivate = (label: Block['label']): boolean => /PRIVATE KEY/.test(label ?? '')

const signed_content = '1.2.840.113549.1.7.2'

/** The certificates of a PKCS#7 file (.p7b): RFC 2315, section 9.1; nothing of it is signed. */
function bundled(der: Buffer): Buffer[] {
  return tryTo(() => {
    const whole = readDer(der)
    if (identifierOf(memberOf(whole, 0)) !== signed_content) return []
    const content = memberOf(memberOf(whole, 1), 0)
    const certificates = membersOf(content).find(({ tag }) => tag === 0xa0)
    return certificates ? membersOf(certificates).map((one) => one.whole) : []
  }).flat()
}

function tryTo<Value>(read: () => Value): Value[] {
  try {
    return [read()]
  } catch {
    return []
  }
}
