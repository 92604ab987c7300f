import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from '../kernel/clock.ts'
import type { RandomBytes } from '../kernel/ids.ts'
import type { Cipher } from '../storage/cipher.ts'
import type { Database } from '../storage/database.ts'
import type { Call } from '../unionpay/platform.ts'
import type { PageSettings } from '../unionpay/pages.ts'

/** What the verbs of this room work with; made once by `app`. */
export type SignInContext = {
  database: Database
  cipher: Cipher
  clock: Clock
  real_clock: Clock
  random: RandomBytes
  call: Call
  pages: PageSettings
  public_url: string
  ticket_secret: Uint8Array
  log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>
}
