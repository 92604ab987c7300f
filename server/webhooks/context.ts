import type { FastifyBaseLogger } from 'fastify'
import type { Catalogue } from '../plans/catalogue.ts'
import type { Clock } from '../kernel/clock.ts'
import type { RandomBytes } from '../kernel/ids.ts'
import type { Cipher } from '../storage/cipher.ts'
import type { Database } from '../storage/database.ts'
import type { Poster } from './post.ts'

export type WebhooksContext = {
  database: Database
  cipher: Cipher
  clock: Clock
  random: RandomBytes
  catalogue: Catalogue
  log: FastifyBaseLogger
  /** a receiver compares webhook-timestamp with its own clock */
  real_clock: Clock
  poster: Poster
  private_allowed: boolean
}
