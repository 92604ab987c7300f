import { Refusal } from '../errors.ts'
import {
  CommitInDoubt,
  isUniqueViolation,
  oneStatement,
  type Database,
} from '../storage/database.ts'
import { createGather, type Gather } from '../storage/gather.ts'
import { insertCharges, type NewCharge } from './accept-store.ts'
import type { Charge } from './charge.ts'
import { findCharge } from './store.ts'

/**
 * Accepts charges, several in one commit: at most one of a contract, of an idempotency key and of a merchant_order_no at once. Null
 * when the statement accepted nothing. Refuses merchant_order_taken.
 */
export function createAccepting(
  database: Pick<Database, 'pool'>,
): Gather<NewCharge, Charge | null> {
  const insert = (charges: readonly NewCharge[]): Promise<Charge[]> =>
    oneStatement(database, (db) => insertCharges(db, charges))
  return createGather({
    async together(charges) {
      const accepted = new Map(
        (await insert(charges.toSorted(byContract))).map((charge) => [charge.order_id, charge]),
      )
      return charges.map(({ order_id }) => accepted.get(order_id) ?? null)
    },
    async alone(charge, error) {
      // In doubt nothing is sent before it was read again; not done a second time either: it may still be under way.
      if (error instanceof CommitInDoubt) return findCharge(database.pool, charge.order_id)
      try {
        return (await insert([charge]))[0] ?? null
      } catch (again) {
        if (isUniqueViolation(again, 'charges_one_per_order'))
          throw new Refusal('merchant_order_taken')
        if (isUniqueViolation(again)) return null // a twin with the same key was quicker
        if (again instanceof CommitInDoubt) return findCharge(database.pool, charge.order_id)
        throw again
      }
    },
    keysOf: ({ contract_ref, owner, key, merchant_order_no }) => [
      `contract ${contract_ref}`,
      `key ${owner} ${key}`,
      `order ${merchant_order_no}`,
    ],
  })
}

const byContract = (one: NewCharge, other: NewCharge): number =>
  one.contract_ref < other.contract_ref ? -1 : 1
