import { appendAudit } from '../audit/store.ts'
import { Refusal } from '../errors.ts'
import { repeatableTransaction } from '../storage/database.ts'
import type { PrivacyContext } from './context.ts'
import { lockPerson, lockRecords, readUnfinished, writeErased } from './store.ts'

/**
 * Forgets who a person is (个人信息保护法, article 47): name, the merchant's user_id, wallets,
 * browsers. Contracts that have ended and what was paid stay under a number that leads to nobody,
 * because transaction records are kept three years (电子商务法, article 31). The same wallet that
 * comes again is somebody new. Refuses erasure_contract_open, erasure_order_open, not_found.
 */
export async function erasePerson(
  { database, log }: PrivacyContext,
  user_ref: string,
  author: string,
): Promise<void> {
  await repeatableTransaction(database, async (db) => {
    const person = await lockPerson(db, user_ref)
    if (!person || person.erased_at) throw new Refusal('not_found')
    await lockRecords(db, user_ref, person.user_id)
    const open = await readUnfinished(db, user_ref)
    if (open.contracts > 0) throw new Refusal('erasure_contract_open')
    if (open.orders > 0) throw new Refusal('erasure_order_open')
    await writeErased(db, user_ref, person.user_id)
    await appendAudit(db, { author, action: 'person.erased', subject: user_ref })
  })
  log.info({ user: user_ref, author }, 'the data of a payer was deleted')
}
