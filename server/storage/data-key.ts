import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RandomBytes } from '../kernel/ids.ts'
import { StartProblem } from '../kernel/start-problem.ts'

/**
 * The sandbox's data key: made once, kept beside its data in a file only the owner reads. Outside
 * sandbox the key is a setting: a key that lies beside what it protects protects nothing.
 */
export function ensureDataKey(data_dir: string, random: RandomBytes): Buffer {
  const file = join(data_dir, 'data-key')
  mkdirSync(data_dir, { recursive: true })
  try {
    writeFileSync(file, random(32).toString('hex'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readDataKey(file)
}

/**
 * The same for a command: a key that is not there was never made for this data. Throws
 * StartProblem.
 */
export function findDataKey(data_dir: string): Buffer {
  const file = join(data_dir, 'data-key')
  if (!existsSync(file))
    throw new StartProblem(
      `There is no ${file}, which a start makes beside its data. Set DATA_DIR to the folder of the server whose data it is, or DATA_KEY to its key.`,
    )
  return readDataKey(file)
}

function readDataKey(file: string): Buffer {
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
  if (key.length !== 32)
    throw new StartProblem(
      `${file} does not hold a key of 32 bytes; restore it, or remove the data folder to start afresh`,
    )
  return key
}
