import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { blocksOf, exitOf, isTyped, pages } from '../support/documents.ts'
import { freePort } from '../support/world.ts'
import { timeLimit } from '../support/time-limits.ts'

/**
 * The product as a newcomer has it, on ports of its own, and one shell in which everything is
 * typed.
 */
let product: ReturnType<typeof spawn>
let env: Record<string, string>
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wugan-docs-'))
  env = {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? folder,
    LANG: 'C.UTF-8',
    npm_config_update_notifier: 'false',
    PORT: String(await freePort()),
    SANDBOX_PORT: String(await freePort()),
    DATA_DIR: join(folder, 'data'),
  }
  product = spawn(process.execPath, ['commands/wugan.js', 'start'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  await new Promise<void>((resolve, reject) => {
    let said = ''
    for (const stream of [product.stdout, product.stderr])
      stream?.on('data', (chunk: Buffer) => {
        said += chunk.toString('utf8')
        if (said.includes('wugan is running')) resolve()
      })
    product.once('exit', (code) => reject(new Error(`npm start ended with ${code}: ${said}`)))
  })
})
afterAll(async () => {
  await new Promise<void>((resolve) => {
    if (product.exitCode !== null) return resolve()
    product.once('exit', () => resolve())
    product.kill('SIGTERM')
  })
  rmSync(folder, { recursive: true, force: true })
})

const here = (text: string): string =>
  text
    .replaceAll('localhost:4600', `localhost:${env.PORT}`)
    .replaceAll('localhost:4601', `localhost:${env.SANDBOX_PORT}`)
    .replaceAll(/(?<= )data\//g, `${env.DATA_DIR}/`)

/** Runs a block in the shell that ran the ones before it, so that it finds their variables. */
function lines(
  { file, line, text }: { file: string; line: number; text: string },
  exit: number,
): string {
  const heading = `echo '::: ${file}:${line}' >&2`
  return exit === 0
    ? `${heading}\n${here(text)}`
    : `${heading}\nset +e; ( set -e\n${here(text)}\n); code=$?; set -e; [ "$code" -eq ${exit} ]\n`
}

test(
  'every command of the documents runs, in the order in which a newcomer meets them',
  { timeout: timeLimit(600_000) },
  async () => {
    const typed = pages()
      .flatMap((file) => blocksOf(file).filter(isTyped))
      .flatMap((block) => {
        const exit = exitOf(block)
        return exit == null ? [] : [lines(block, exit)]
      })
    expect(typed.length).toBeGreaterThan(15)
    const shell = spawn('bash', ['-c', `set -euo pipefail\n${typed.join('\n')}`], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [shell.stdout, shell.stderr])
      stream.on('data', (chunk: Buffer) => void (said += chunk.toString('utf8')))
    const code = await new Promise<number | null>((resolve) => void shell.once('exit', resolve))
    expect(code, said.slice(-3_000)).toBe(0)
  },
)
