import { execFile } from 'node:child_process'
import { link, open, rm } from 'node:fs/promises'
import { promisify } from 'node:util'
import { StartProblem } from '../../../server/kernel/start-problem.ts'
import { broken } from './manifest.ts'

const run = promisify(execFile)

/** Packs a folder into `file`, which is whole and on disk or not there. Never replaces one. */
export async function pack(folder: string, file: string): Promise<void> {
  const half = `${file}.${process.pid}.half-made`
  try {
    const made = await open(half, 'wx', 0o600) // it holds everything: for its owner alone from the first byte
    await made.close()
    await run('tar', ['-czf', half, '-C', folder, '.'])
    const whole = await open(half, 'r+')
    await whole.sync()
    await whole.close()
    await link(half, file).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'EEXIST' ? alreadyThere(file) : error
    })
  } finally {
    await rm(half, { force: true })
  }
}

export async function unpack(file: string, folder: string): Promise<void> {
  await run('tar', ['-xzf', file, '-C', folder, '--no-same-owner']).catch(
    (error: { stderr?: string }) => {
      throw broken(error.stderr?.trim().split('\n')[0] ?? 'it cannot be unpacked')
    },
  )
}

export const alreadyThere = (file: string): StartProblem =>
  new StartProblem(`${file} is there already; a backup never replaces a file. Choose another name.`)
