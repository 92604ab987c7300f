import type { Job } from '../kernel/job.ts'
import type { Database } from '../storage/database.ts'
import { forgetExpired } from './session-store.ts'

/** The background jobs of this folder. */
export const signInJobs = (database: Database): Job[] => [
  {
    name: 'delete-expired-sessions',
    every_ms: 60_000,
    run: async () => (await forgetExpired(database.pool), 0),
  },
]
