import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { certIdOf, makeCertificate, nameOf, pemOf } from './certificate.ts'
import { ownerCn, company, pfxPassword, writePrivate, years } from './make-pki.ts'
import { writePfx } from './pkcs12.ts'
import { newSm2Key } from './sm2.ts'

/** The gateway's leaf and its merchants under signMethod 21. */
export type Sm2Pki = {
  signer: { key: KeyObject; public_key: KeyObject; pem: string }
  merchant(merchant: string): { public_key: KeyObject; cert_id: string } | null
}

const middleCn = 'SANDBOX SM2 OCA1'
const keyFile = (name: string): string => `${name}.key`

/**
 * Opens `<folder>/sm2`, an authority of its own beside the RSA one; created when it does not exist.
 */
export function openSm2Pki(folder: string, merchants: readonly string[], now: Date): Sm2Pki {
  const at = join(folder, 'sm2')
  if (!existsSync(at)) makeSm2Pki(at, now)
  const read = (name: string): string => readFileSync(join(at, name), 'utf8')
  for (const merchant of merchants.filter((one) => !existsSync(join(at, `merchant-${one}.pem`))))
    makeSm2Merchant(at, merchant, now)
  const leaf = new X509Certificate(read('leaf.pem'))
  const registered = new Map(
    merchants.map((merchant) => {
      const certificate = new X509Certificate(read(`merchant-${merchant}.pem`))
      return [merchant, { public_key: certificate.publicKey, cert_id: certIdOf(certificate) }]
    }),
  )
  return {
    signer: {
      key: createPrivateKey(read(keyFile('leaf'))),
      public_key: leaf.publicKey,
      pem: pemOf(leaf.raw),
    },
    merchant: (merchant) => registered.get(merchant) ?? null,
  }
}

function makeSm2Pki(folder: string, now: Date): void {
  const unfinished = `${folder}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true, mode: 0o700 })
  const from = new Date(now.getTime() - 86_400_000)
  const [root_key, middle_key, leaf_key] = [newSm2Key(), newSm2Key(), newSm2Key()]
  const root = makeCertificate({
    cn: 'SANDBOX SM2 CA',
    issuer: null,
    key: root_key,
    may_issue: true,
    from,
    to: years(30, from),
  })
  const middle = makeCertificate({
    cn: middleCn,
    issuer: root,
    key: middle_key,
    may_issue: true,
    from,
    to: years(28, from),
  })
  const leaf = makeCertificate({
    cn: ownerCn(company),
    issuer: middle,
    key: leaf_key,
    may_issue: false,
    from,
    to: years(25, from),
  })
  for (const [name, signed] of Object.entries({ root, middle, leaf }))
    writeFileSync(join(unfinished, `${name}.pem`), `${signed.pem}\r\n`)
  for (const [name, key] of Object.entries({ middle: middle_key, leaf: leaf_key })) {
    writePrivate(join(unfinished, keyFile(name)), key.export({ type: 'pkcs8', format: 'pem' }))
  }
  renameSync(unfinished, folder)
}

function makeSm2Merchant(folder: string, merchant: string, now: Date): void {
  const from = new Date(now.getTime() - 86_400_000)
  const key = createPrivateKey(readFileSync(join(folder, keyFile('middle')), 'utf8'))
  const issuer = { name: nameOf(middleCn), key }
  const signed = makeCertificate({
    cn: `${merchant}:SIGN`,
    issuer,
    key: newSm2Key(),
    may_issue: false,
    from,
    to: years(25, from),
  })
  writePrivate(join(folder, `merchant-${merchant}.pfx`), writePfx(signed, pfxPassword, 'new'))
  writeFileSync(join(folder, `merchant-${merchant}.pem`), `${signed.pem}\r\n`) // written last: this file marks the merchant as complete
}
