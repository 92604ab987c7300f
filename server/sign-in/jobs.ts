import type { Job } from '../kernel/job.ts'
import type { Database } from '../storage/database.ts'
import { forgetExpired } from './session-store.ts'

/** What this room does unasked. */
export const signInJobs = (database: Database): Job[] => [
  {
    name: 'forget-expired-sessions',
    every_ms: 60_000,
    run: async () => (await forgetExpired(database.pool), 0),
  },
]
