import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from '../kernel/clock.ts'
import type { Catalogue } from '../plans/catalogue.ts'
import type { Cipher } from '../storage/cipher.ts'
import type { Database } from '../storage/database.ts'

/** What the verbs of this room work with; made once by `app` and by the command. */
export type PrivacyContext = {
  database: Database
  cipher: Cipher
  clock: Clock
  catalogue: Catalogue
  log: Pick<FastifyBaseLogger, 'info'>
}
