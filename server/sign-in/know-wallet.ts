import { newId } from '../kernel/ids.ts'
import { repeatableTransaction } from '../storage/database.ts'
import type { SignInContext } from './context.ts'
import { findWallet, insertUser, insertWallet, type Wallet } from './store.ts'

/**
 * The wallet of an open_id. One that comes for the first time without a ticket gets a user_id we make; it gives way to the
 * first real one. Safe when two requests of the same wallet arrive at once.
 */
export async function knowWallet(context: SignInContext, open_id: string): Promise<Wallet> {
  const open_id_digest = context.cipher.digest(open_id)
  const known = await findWallet(context.database.pool, open_id_digest)
  if (known) return known
  await repeatableTransaction(context.database, async (db) => {
    const user_ref = newId(context.clock, context.random)
    await insertUser(db, {
      user_ref,
      user_id: `made-${user_ref}`,
      origin: 'made',
      display_name: null,
    })
    const wallet_ref = newId(context.clock, context.random)
    const inserted = await insertWallet(db, {
      wallet_ref,
      open_id_digest,
      open_id_sealed: context.cipher.seal(open_id),
      user_ref,
    })
    if (!inserted) await db.query(`delete from users where id = $1`, [user_ref])
  })
  return (await findWallet(context.database.pool, open_id_digest)) as Wallet
}
