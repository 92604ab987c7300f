import type { FastifyBaseLogger } from 'fastify'
import type { Job } from '../kernel/job.ts'

export type Runner = { stop(): Promise<void> }

const longest_pause_ms = 30_000

/**
 * Runs every job again and again: at once while it finds something, else after its pause; after a
 * failure the pause grows. `stop` lets what is under way end. A job never runs twice at the same
 * time in one process; between processes the claims of its rows decide.
 */
export function startJobs(
  jobs: readonly Job[],
  log: Pick<FastifyBaseLogger, 'error' | 'debug'>,
): Runner {
  const stopping = new AbortController()
  const loops = jobs.map((job) => loop(job, stopping.signal, log))
  return {
    async stop() {
      stopping.abort()
      await Promise.all(loops)
    },
  }
}

async function loop(
  job: Job,
  stopping: AbortSignal,
  log: Pick<FastifyBaseLogger, 'error' | 'debug'>,
): Promise<void> {
  let failures = 0
  while (!stopping.aborted) {
    let done = 0
    try {
      done = await job.run(stopping)
      failures = 0
    } catch (error) {
      failures++
      log.error({ err: error, job: job.name, failures }, 'a job failed; it runs again')
    }
    if (done > 0) log.debug({ job: job.name, done }, 'job')
    await pause(
      done > 0
        ? 0
        : Math.min(
            job.every_ms * 2 ** Math.min(failures, 5),
            Math.max(longest_pause_ms, job.every_ms),
          ),
      stopping,
    )
  }
}

function pause(ms: number, stopping: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer)
      stopping.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, ms)
    stopping.addEventListener('abort', wake)
    if (stopping.aborted) wake()
  })
}
