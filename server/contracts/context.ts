import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from '../kernel/clock.ts'
import type { RandomBytes } from '../kernel/ids.ts'
import type { Catalogue } from '../plans/catalogue.ts'
import type { Cipher } from '../storage/cipher.ts'
import type { Database } from '../storage/database.ts'
import type { Call } from '../unionpay/platform.ts'
import type { PageSettings } from '../unionpay/pages.ts'

/** What the use cases of contracts work with; made once by `app`. */
export type ContractsContext = {
  database: Database
  cipher: Cipher
  clock: Clock // business time
  random: RandomBytes
  catalogue: Catalogue
  call: Call
  pages: PageSettings
  public_url: string
  /** seconds between two questions about one wallet and plan */
  info_pause_s: number
  /** how often the slow sweep asks about a contract that nothing was heard of */
  sweep_interval_s: number
  log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>
  /**
   * answered by `charges`, which is above this module: charges of this contract that are not final
   * yet
   */
  unfinishedCharges(
    contract_id: string,
  ): Promise<{ order_id: string; amount_fen: number; description: string; created_at: string }[]>
  /** answered by `charges`: what charges of today use of the contract's daily limit */
  usedToday(contract_id: string): Promise<number>
}
