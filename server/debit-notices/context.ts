import type { Clock } from '../kernel/clock.ts'
import type { RandomBytes } from '../kernel/ids.ts'
import type { Catalogue } from '../plans/catalogue.ts'
import type { Database } from '../storage/database.ts'

/** What the verbs of this room work with; made once by `app`. */
export type DebitNoticesContext = {
  database: Database
  clock: Clock
  random: RandomBytes
  catalogue: Catalogue
}
