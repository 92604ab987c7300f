import { spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** All CPU time of a process, its threads included, and the most resident memory it ever held. */
export type Usage = { cpu_us: number; most_rss_kb: number }

/** A program in a process of its own, so that what is counted is its own. */
export type MeasuredProcess = {
  usage(): Promise<Usage>
  ask<Answer>(question: unknown): Promise<Answer>
  stop(): Promise<void>
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const reporter = fileURLToPath(new URL('report-usage.ts', import.meta.url))

/**
 * Starts `program` (a path in the project). It writes to `log`; a process that ends by itself fails whoever asks it. `BENCH_NODE_FLAGS` adds
 * flags of Node, such as --cpu-prof.
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
