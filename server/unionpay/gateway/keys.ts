import { certificatesIn } from '../key-files/certificates-in.ts'
import { noCertificate, noPfx, pkcs12In } from '../key-files/name-kind.ts'
import { readKeyFile } from '../key-files/read-file.ts'
import type { Certificate } from './certificate.ts'
import { secureKeyDigest } from './digests.ts'
import { readPfx, WrongPassword, type Pfx } from './pkcs12/read-pfx.ts'
import type { SigningKey, SignMethod } from './sign-message.ts'
import { sm2KeyOf, type Sm2Form } from './sm2.ts'

/** A merchant number with what it signs with. `certificate` is null for signMethod 11 and 12. */
export type Merchant = { merchant: string; signing: SigningKey; certificate: Certificate | null }

/** One entry of ACP_MERCHANTS: the file is left out for signMethod 11 and 12. */
export type MerchantFile = { merchant: string; file: string | null }

export type KeySettings = {
  sign_method: SignMethod
  /** one, or the ways in which its file may be meant */
  pfx_password: string | readonly string[]
  secure_key: string | null
  sm2_form?: Sm2Form
}

/** `merId:file.pfx` or `merId` alone. Throws a sentence. */
export function readMerchantEntry(text: string): MerchantFile {
  const parts = /^([0-9A-Za-z]{15})(?::(.+))?$/.exec(text)
  if (!parts?.[1])
    throw new Error(
      `"${text}" must be a merchant number of 15 letters and digits, then a colon and its .pfx file`,
    )
  return { merchant: parts[1], file: parts[2] ?? null }
}

/**
 * Opens the keys of all merchants, once at start. Throws one sentence with everything that is
 * wrong.
 */
export function openMerchants(entries: readonly MerchantFile[], settings: KeySettings): Merchant[] {
  const problems: string[] = []
  const merchants = entries.flatMap((entry) => {
    try {
      return [openMerchant(entry, settings)]
    } catch (error) {
      problems.push(`merchant ${entry.merchant}: ${(error as Error).message}`)
      return []
    }
  })
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return merchants
}

function openMerchant(
  { merchant, file }: MerchantFile,
  { sign_method, pfx_password, secure_key, sm2_form = 'der' }: KeySettings,
): Merchant {
  if (sign_method === '11' || sign_method === '12') {
    if (!secure_key) throw new Error(`signMethod ${sign_method} needs the shared key`)
    return {
      merchant,
      signing: { method: sign_method, key_digest: secureKeyDigest(sign_method, secure_key) },
      certificate: null,
    }
  }
  if (file === null) throw new Error(`signMethod ${sign_method} needs a .pfx file`)
  const { key, certificate } = openPfxFile(file, pfx_password)
  const { cert_id } = certificate
  if (sign_method === '21')
    return {
      merchant,
      signing: { method: '21', cert_id, key: sm2KeyOf(key, certificate.key), form: sm2_form },
      certificate,
    }
  if (key.asymmetricKeyType !== 'rsa')
    throw new Error(`${file} holds no RSA key, which signMethod 01 needs`)
  return { merchant, signing: { method: '01', cert_id, key }, certificate }
}

/**
 * A key file that was opened. `remarks`: in which form file and password were read, where it is not
 * the usual one.
 */
export type OpenedPfx = Pfx & { remarks: readonly string[] }

/**
 * Opens a key file with the one of the passwords that fits. Throws a sentence that names the file
 * and, for one of another kind, the command that converts it.
 */
export function openPfxFile(file: string, password: string | readonly string[]): OpenedPfx {
  const bytes = readKeyFile(file)
  const found = pkcs12In(bytes)
  if (!found) throw new Error(`${file} ${noPfx(bytes, file)}`)
  const passwords = typeof password === 'string' ? [password] : password
  const remarks = found.was === 'DER' ? [] : [`the key file is written as ${found.was}`]
  try {
    const { pfx, place } = openWithOneOf(found.der, passwords)
    return { ...pfx, remarks: place === 0 ? remarks : [...remarks, password_remark] }
  } catch (error) {
    throw new Error(`${file} ${(error as Error).message}`, { cause: error })
  }
}

const password_remark =
  'the password is what its file holds without the blanks, quotation marks or further lines around it'

function openWithOneOf(der: Buffer, passwords: readonly string[]): { pfx: Pfx; place: number } {
  for (const [place, password] of passwords.entries()) {
    try {
      return { pfx: readPfx(der, password), place }
    } catch (error) {
      if (!(error instanceof WrongPassword) || place === passwords.length - 1) throw error
    }
  }
  throw new WrongPassword()
}

/**
 * Certificates of a list of files; a file may hold several. Throws a sentence that names the file.
 */
export function loadCertificates(files: readonly string[]): Certificate[] {
  return files.flatMap((file) => {
    const bytes = readKeyFile(file)
    const certificates = certificatesIn(bytes)
    if (certificates.length === 0) throw new Error(`${file} ${noCertificate(bytes, file)}`)
    return certificates
  })
}
