import type { ChargesContext } from '../charges/context.ts'
import type { ContractsContext } from '../contracts/context.ts'
import type { Clock } from '../kernel/clock.ts'
import type { RandomBytes } from '../kernel/ids.ts'
import type { Catalogue } from '../plans/catalogue.ts'
import type { ReconciliationContext } from '../reconciliation/context.ts'
import type { Cipher } from '../storage/cipher.ts'
import type { Database } from '../storage/database.ts'
import type { NamedCertificate } from '../unionpay/acp-certificates.ts'

/** What the console works with; made once by `app`. */
export type ConsoleContext = {
  database: Database
  cipher: Cipher
  clock: Clock
  random: RandomBytes
  catalogue: Catalogue
  charges: ChargesContext
  contracts: ContractsContext
  reconciliation: ReconciliationContext
  /** what charging signs and verifies with */
  certificates: readonly NamedCertificate[]
  /** refunds and resolutions above it need a second operator */
  two_person_above_fen: number
}
