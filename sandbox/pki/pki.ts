import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import forge from 'node-forge'
import { certIdOf, pemOf, type Issuer } from './certificate.ts'
import { makeMerchant, makePki } from './make-pki.ts'
import { openSm2Pki, type Sm2Pki } from './sm2-pki.ts'

/** Who signs a message: UnionPay, or somebody who must not be believed. */
const signerKinds = ['unionpay', 'foreign', 'expired', 'wrong-owner', 'test-owner'] as const
export type SignerKind = (typeof signerKinds)[number]
export type Signer = { key: KeyObject; pem: string; cert_id: string }
export type Merchant = { merchant: string; certificate: X509Certificate; cert_id: string }

export type Pki = {
  folder: string
  signer(kind: SignerKind): Signer
  encryption_pem: string
  /** Null when no such merchant is registered. */
  merchant(merchant: string): Merchant | null
  merchants: readonly string[]
  /** The keys of signMethod 21 */
  sm2: Sm2Pki
  /** The shared key of signMethod 11 and 12 */
  secure_key: string
}

/**
 * Opens the certificates in `<data_dir>/acp`, created at the first start; a merchant added to the
 * settings later receives its key then.
 */
export function openPki(data_dir: string, merchants: readonly string[], now: Date): Pki {
  const folder = join(data_dir, 'acp')
  if (!existsSync(folder)) makePki(folder, now)
  const read = (...name: string[]): string => readFileSync(join(folder, ...name), 'utf8')
  const missing = merchants.filter(
    (merchant) => !existsSync(join(folder, `merchant-${merchant}.pem`)),
  )
  if (missing.length > 0) {
    const issuer = issuerOf(read('acp_middle.pem'), read('acp_middle.key'))
    for (const merchant of missing) makeMerchant(folder, merchant, issuer, now)
  }
  const signers = new Map(
    signerKinds.map((kind) => [kind, signerOf(read(kind, 'leaf.pem'), read(kind, 'leaf.key'))]),
  )
  const registered = new Map(
    merchants.map((merchant) => {
      const certificate = new X509Certificate(read(`merchant-${merchant}.pem`))
      return [merchant, { merchant, certificate, cert_id: certIdOf(certificate) }]
    }),
  )
  return {
    folder,
    merchants,
    signer: (kind) => signers.get(kind) as Signer,
    encryption_pem: pemOf(new X509Certificate(read('acp_enc.pem')).raw),
    merchant: (merchant) => registered.get(merchant) ?? null,
    sm2: openSm2Pki(folder, merchants, now),
    secure_key: read('secure-key').trim(),
  }
}

function signerOf(pem: string, key: string): Signer {
  const certificate = new X509Certificate(pem)
  return { key: createPrivateKey(key), pem: pemOf(certificate.raw), cert_id: certIdOf(certificate) }
}

const issuerOf = (pem: string, key: string): Issuer => ({
  name: forge.pki.certificateFromPem(pem).subject.attributes,
  key: createPrivateKey(key),
})
