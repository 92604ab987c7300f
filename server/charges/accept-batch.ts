import { Refusal } from '../errors.ts'
import {
  CommitInDoubt,
  isUniqueViolation,
  oneStatement,
  type Database,
} from '../storage/database.ts'
import { createBatcher, type Batcher } from '../storage/batcher.ts'
import { insertCharges, type NewCharge } from './accept-store.ts'
import type { Charge } from './charge.ts'
import { readDoubted } from './doubted.ts'
import { findCharge } from './store.ts'

/**
 * Accepts charges, several in one commit: at most one of a contract, of an idempotency key and of a merchant_order_no at once. Null
 * when the statement accepted nothing. Refuses merchant_order_taken.
 */
export function createAcceptBatcher(
  database: Pick<Database, 'pool'>,
  doubted: Set<string>,
): Batcher<NewCharge, Charge | null> {
  const insert = (charges: readonly NewCharge[]): Promise<Charge[]> =>
    oneStatement(database, (db) => insertCharges(db, charges))
  return createBatcher({
    async together(charges) {
      const accepted = new Map(
        (await insert(charges.toSorted(byContract))).map((charge) => [charge.order_id, charge]),
      )
      return charges.map(({ order_id }) => accepted.get(order_id) ?? null)
    },
    async alone(charge, error) {
      if (error instanceof CommitInDoubt) return readAgain(database, doubted, charge)
      return insertAlone(database, doubted, charge)
    },
    keysOf: ({ contract_ref, owner, key, merchant_order_no }) => [
      `contract ${contract_ref}`,
      `key ${owner} ${key}`,
      `order ${merchant_order_no}`,
    ],
  })
}

/** In doubt nothing is sent before it was read again; not done a second time either: it may still be under way. */
const readAgain = (
  { pool }: Pick<Database, 'pool'>,
  doubted: Set<string>,
  { order_id }: NewCharge,
): Promise<Charge | null> => readDoubted(doubted, order_id, () => findCharge(pool, order_id))

/** A notice that another charge used meanwhile is looked for once more: another may stand. */
const most_tries = 3

async function insertAlone(
  database: Pick<Database, 'pool'>,
  doubted: Set<string>,
  charge: NewCharge,
): Promise<Charge | null> {
  for (let tried = 1; ; tried++) {
    try {
      return (await oneStatement(database, (db) => insertCharges(db, [charge])))[0] ?? null
    } catch (error) {
      if (error instanceof CommitInDoubt) return readAgain(database, doubted, charge)
      if (isUniqueViolation(error, 'charges_one_per_order'))
        throw new Refusal('merchant_order_taken')
      const by_notice =
        isUniqueViolation(error, 'charges_notice') ||
        isUniqueViolation(error, 'charges_first_debit')
      if (by_notice && tried < most_tries) continue
      if (isUniqueViolation(error)) return null // a twin with the same key was quicker
      throw error
    }
  }
}

const byContract = (one: NewCharge, other: NewCharge): number =>
  one.contract_ref < other.contract_ref ? -1 : 1
