import type { Clock } from '../kernel/clock.ts'
import type { Job } from '../kernel/job.ts'
import type { Metrics } from './metrics.ts'

/**
 * The same jobs, counted. `real_clock`: a last success is compared with the time of the machine
 * that scrapes.
 */
export const measureJobs = (jobs: readonly Job[], metrics: Metrics, real_clock: Clock): Job[] =>
  jobs.map((job) => ({
    ...job,
    async run(stopping) {
      try {
        const done = await job.run(stopping)
        metrics.jobRan(job.name, done, real_clock.now())
        return done
      } catch (error) {
        metrics.jobRan(job.name, null, real_clock.now())
        throw error
      }
    },
  }))
