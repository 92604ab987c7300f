import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RandomBytes } from '../kernel/ids.ts'

/**
 * The sandbox's data key: made once, kept beside its data in a file only the owner reads. Outside sandbox the key is a
 * setting: a key that lies beside what it protects protects nothing.
 */
export function ensureDataKey(data_dir: string, random: RandomBytes): Buffer {
  const file = join(data_dir, 'data-key')
  mkdirSync(data_dir, { recursive: true })
  try {
    writeFileSync(file, random(32).toString('hex'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
  if (key.length !== 32)
    throw new Error(
      `${file} does not hold a key of 32 bytes; restore it, or remove the data folder to begin anew`,
    )
  return key
}
