import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StoredValues } from '../store/stored-values.ts'

export type NoticeKeys = {
  private_key: KeyObject
  public_pem: string
  /** A key that is not UnionPay's, for forged notices. */
  foreign(): KeyObject
}

const stored_as = 'notice_private_key'

/**
 * The RSA-2048 key that stands for UnionPay's fixed notification key (open platform §6.2). Created
 * once and retained.
 */
export function createNoticeKeys(values: StoredValues, folder: string): NoticeKeys {
  let private_pem = values.read(stored_as)
  if (private_pem === null) {
    private_pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
      type: 'pkcs8',
      format: 'pem',
    }) as string
    values.write(stored_as, private_pem)
  }
  const private_key = createPrivateKey(private_pem)
  const public_pem = createPublicKey(private_key).export({ type: 'spki', format: 'pem' }) as string
  writeFileSync(join(folder, 'notice-public.pem'), public_pem)
  let foreign: KeyObject | null = null
  return {
    private_key,
    public_pem,
    foreign: () => (foreign ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey),
  }
}
