import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { server_flags } from '../../commands/parts/server-flags.ts'

/**
 * The real server in a process that is restarted whenever it exits, as systemd or a container's
 * restart policy does.
 */
export type SupervisedServer = {
  pid(): number | undefined
  /** the number of starts */
  starts(): number
  /** kill -9 */
  kill(): void
  /** SIGTERM, without a restart before `start`. Returns its exit code and how long it took. */
  stop(): Promise<{ code: number | null; took_ms: number }>
  start(): void
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const preload = new URL('../../commands/parts/end-with-parent.js', import.meta.url).href
const pause_ms = 200

/** Starts it with `env` and nothing else; its output is appended to `log_file`. */
export function superviseServer(
  env: Record<string, string | undefined>,
  log_file: string,
): SupervisedServer {
  let child: ChildProcess
  let ended: Promise<number | null>
  let starts = 0
  let leaving = false
  const start = (): void => {
    starts++
    const log = openSync(log_file, 'a')
    const one = spawn(process.execPath, [...server_flags, '--import', preload, 'server/main.ts'], {
      cwd: root,
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', log, log, 'ipc'],
    })
    closeSync(log)
    child = one
    ended = new Promise((resolve) => one.once('exit', resolve))
    void ended
      .then(() => wait(pause_ms))
      .then(() => {
        if (!leaving) start()
      })
  }
  start()
  return {
    pid: () => child.pid,
    starts: () => starts,
    kill: () => void child.kill('SIGKILL'),
    async stop() {
      leaving = true
      const begun = performance.now()
      child.kill('SIGTERM')
      return { code: await ended, took_ms: performance.now() - begun }
    },
    start() {
      leaving = false
      start()
    },
  }
}
