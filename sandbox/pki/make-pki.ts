import { randomBytes, type KeyObject } from 'node:crypto'
import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeCertificate, newKey, type Issuer, type Signed } from './certificate.ts'
import { writePfx } from './pkcs12.ts'

/** Every test merchant's .pfx has this password (acp-gateway §10). */
export const pfxPassword = '000000'

export const ownerCn = (owner: string): string => `041@8310000000083040@${owner}@0001`
export const company = '中国银联股份有限公司'
export const years = (count: number, from: Date): Date =>
  new Date(from.getTime() + count * 365.25 * 86_400_000)

/** Writes a file that only its owner can read. */
export const writePrivate = (file: string, content: string | Buffer): void =>
  writeFileSync(file, content, { mode: 0o600 })

const pemKey = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }) as string

function writePair(folder: string, signed: Signed): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(join(folder, 'leaf.pem'), `${signed.pem}\r\n`)
  writePrivate(join(folder, 'leaf.key'), pemKey(signed.key))
}

/**
 * Creates the authority, UnionPay's leaf, and leaves that must not be trusted: expired, of another
 * owner, of a foreign root. The folder is complete or absent. The dates outlast the range of the
 * sandbox clock.
 */
export function makePki(folder: string, now: Date): void {
  const unfinished = `${folder}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true, mode: 0o700 })
  const at = (name: string): string => join(unfinished, name)
  const from = new Date(now.getTime() - 86_400_000)
  const [leaf_key, foreign_key] = [newKey(), newKey()]
  const root = makeCertificate({
    cn: 'SANDBOX TEST CS CA',
    issuer: null,
    may_issue: true,
    from,
    to: years(30, from),
  })
  const middle = makeCertificate({
    cn: 'SANDBOX TEST OCA1',
    issuer: root,
    may_issue: true,
    from,
    to: years(28, from),
  })
  const leaf = (
    cn: string,
    issuer: Issuer = middle,
    dates = { from, to: years(25, from) },
    key = leaf_key,
  ): Signed => makeCertificate({ cn, issuer, key, may_issue: false, ...dates })
  writeFileSync(at('acp_root.pem'), `${root.pem}\r\n`)
  writeFileSync(at('acp_middle.pem'), `${middle.pem}\r\n`)
  writePrivate(at('acp_middle.key'), pemKey(middle.key))
  const signing = leaf(ownerCn(company))
  writePair(at('unionpay'), signing)
  writeFileSync(at('acp_verify_sign.pem'), `${signing.pem}\r\n`)
  writeFileSync(at('acp_enc.pem'), `${leaf('SANDBOX:ENC').pem}\r\n`)
  writePair(at('test-owner'), leaf(ownerCn('00040000:SIGN')))
  writePair(at('wrong-owner'), leaf(ownerCn('某某科技有限公司')))
  writePair(
    at('expired'),
    leaf(ownerCn(company), middle, {
      from: new Date('2015-12-04T00:00:00Z'),
      to: new Date('2020-12-04T00:00:00Z'),
    }),
  )
  const foreign_root = makeCertificate({
    cn: 'SANDBOX TEST CS CA',
    issuer: null,
    key: foreign_key,
    may_issue: true,
    from,
    to: years(30, from),
  })
  writePair(at('foreign'), leaf(ownerCn(company), foreign_root, undefined, foreign_key))
  writeFileSync(join(at('foreign'), 'root.pem'), `${foreign_root.pem}\r\n`)
  writePrivate(at('secure-key'), randomBytes(16).toString('hex'))
  chmodSync(unfinished, 0o700)
  renameSync(unfinished, folder)
}

/**
 * Creates the signing certificate of one merchant, as PEM for the gateway and as .pfx in both
 * formats for the merchant.
 */
export function makeMerchant(folder: string, merchant: string, issuer: Issuer, now: Date): void {
  const from = new Date(now.getTime() - 86_400_000)
  const signed = makeCertificate({
    cn: `${merchant}:SIGN`,
    issuer,
    may_issue: false,
    from,
    to: years(25, from),
  })
  writePrivate(join(folder, `merchant-${merchant}.pfx`), writePfx(signed, pfxPassword, 'old'))
  writePrivate(join(folder, `merchant-${merchant}-new.pfx`), writePfx(signed, pfxPassword, 'new'))
  const pem = join(folder, `merchant-${merchant}.pem`)
  writeFileSync(`${pem}.unfinished`, `${signed.pem}\r\n`)
  renameSync(`${pem}.unfinished`, pem) // written last: this file marks the merchant as complete
}
