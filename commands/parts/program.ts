import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process'
import { closeSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/**
 * A program of ours as a child process. `ended` settles when it is gone, with a phrase that says
 * how.
 */
export type Program = { name: string; ended: Promise<string>; stop(): Promise<void> }

export type ProgramOptions = {
  env: Record<string, string | undefined>
  /** where its output goes; null: to ours */
  log_file: string | null
  watch?: boolean
  /** of Node itself */
  flags?: readonly string[]
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const preload = new URL('end-with-parent.js', import.meta.url).href
const stop_within_ms = 20_000

/**
 * Starts `node <main>`. In a process group of its own: the terminal's Ctrl-C reaches us alone, and
 * we tell it to end once. Its error output is always ours, so that what stops it is seen.
 */
export function startProgram(name: string, main: string, options: ProgramOptions): Program {
  const log = options.log_file === null ? null : openLog(options.log_file)
  const stdio: StdioOptions = ['ignore', log ?? 'inherit', 'inherit', 'ipc']
  const args = [
    ...(options.flags ?? []),
    ...(options.watch ? ['--watch', '--watch-preserve-output'] : []),
    '--import',
    preload,
    main,
  ]
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: options.env,
    stdio,
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
  if (log !== null) closeSync(log)
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`could not start: ${error.message}`))
    child.once('exit', (code, signal) =>
      resolve(signal ? `was ended by ${signal}` : `ended with exit code ${code}`),
    )
  })
  return { name, ended, stop: () => stop(child, ended) }
}

const log_limit_bytes = 20_000_000

/** Appends; a long log is kept as `.1` and a new one is started. */
function openLog(file: string): number {
  mkdirSync(dirname(file), { recursive: true })
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > log_limit_bytes)
    renameSync(file, `${file}.1`)
  return openSync(file, 'a', 0o600)
}

async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), stop_within_ms)
  await ended
  clearTimeout(timer)
}

/**
 * Waits until `<url>/health/ready` says 200. Throws when the program ends first, or never becomes
 * ready.
 */
export async function untilReady(
  program: Program,
  url: string,
  within_ms = 120_000,
): Promise<void> {
  let how: string | null = null
  void program.ended.then((phrase) => {
    how = phrase
  })
  const until = performance.now() + within_ms
  while (performance.now() < until && how === null) {
    const ready = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5_000) }).then(
      (answer) => answer.ok,
      () => false,
    )
    if (ready) return
    await wait(50)
  }
  throw new Error(
    how === null
      ? `The ${program.name} is not ready after ${within_ms / 1000} s.`
      : `The ${program.name} ${String(how)}.`,
  )
}
