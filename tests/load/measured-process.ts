import { spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** All CPU time of a process, its threads included, and its peak resident memory. */
export type Usage = { cpu_us: number; most_rss_kb: number }

/** Runs a program in a process of its own, so that only its own work is counted. */
export type MeasuredProcess = {
  usage(): Promise<Usage>
  ask<Answer>(question: unknown): Promise<Answer>
  stop(): Promise<void>
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const reporter = fileURLToPath(new URL('report-usage.ts', import.meta.url))

/**
 * Starts `program` (a path in the project), which writes to `log`; once it has exited, every
 * request to it fails. `BENCH_NODE_FLAGS` adds flags of Node, such as --cpu-prof.
 */
export function startMeasured(
  program: string,
  env: Record<string, string>,
  log: string,
  flags: readonly string[] = [],
): MeasuredProcess {
  const output = openSync(log, 'a')
  const more = (process.env.BENCH_NODE_FLAGS ?? '').split(' ').filter((flag) => flag !== '')
  const child = spawn(process.execPath, [...flags, ...more, '--import', reporter, program], {
    cwd: root,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', output, output, 'ipc'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const ask = <Answer>(question: unknown): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const onEnd = (code: number | null): void =>
        reject(new Error(`${program} ended with ${code}; its log: ${log}`))
      child.once('exit', onEnd)
      child.once('message', (answer) => {
        child.off('exit', onEnd)
        resolve(answer as Answer)
      })
      child.send(question as string, (error) => {
        if (error) reject(error)
      })
    })
  return {
    ask,
    usage: async () => (await ask<{ usage: Usage }>('usage')).usage,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
