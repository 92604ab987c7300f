import type { Cipher } from '../storage/cipher.ts'
import type { Queryable } from '../storage/database.ts'
import type { Account } from './account.ts'

/** SQL of users and wallets; sessions and visits have their own file. */

const accountColumns = 'u.id as user_ref, u.user_id, u.origin, u.display_name'

export type Wallet = Account & { wallet_ref: string }

export async function findWallet(db: Queryable, open_id_digest: string): Promise<Wallet | null> {
  const { rows } = await db.query<Wallet>(
    `select w.id as wallet_ref, ${accountColumns} from wallets w join users u on u.id = w.user_ref where w.open_id_digest = $1`,
    [open_id_digest],
  )
  return rows[0] ?? null
}

/** The same, its user locked until the transaction ends. */
export async function lockWallet(db: Queryable, open_id_digest: string): Promise<Wallet | null> {
  const { rows } = await db.query<Wallet>(
    `select w.id as wallet_ref, ${accountColumns} from wallets w join users u on u.id = w.user_ref where w.open_id_digest = $1 for update of u`,
    [open_id_digest],
  )
  return rows[0] ?? null
}

export type NewWallet = {
  wallet_ref: string
  open_id_digest: string
  open_id_sealed: string
  user_ref: string
}

/** Inserts a wallet; null when the open_id is there already (another process was quicker). */
export async function insertWallet(db: Queryable, wallet: NewWallet): Promise<string | null> {
  const { rows } = await db.query<{ id: string }>(
    `insert into wallets (id, open_id_digest, open_id_sealed, user_ref) values ($1, $2, $3, $4)
     on conflict (open_id_digest) do nothing returning id`,
    [wallet.wallet_ref, wallet.open_id_digest, wallet.open_id_sealed, wallet.user_ref],
  )
  return rows[0]?.id ?? null
}

export async function insertUser(db: Queryable, user: Account): Promise<void> {
  await db.query(`insert into users (id, user_id, origin, display_name) values ($1, $2, $3, $4)`, [
    user.user_ref,
    user.user_id,
    user.origin,
    user.display_name,
  ])
}

/**
 * The user with this user_id, made if there is none; a known one keeps its origin unless it was
 * `made`.
 */
export async function findOrInsertUser(db: Queryable, user: Account): Promise<Account> {
  const { rows } = await db.query<Account>(
    `insert into users as u (id, user_id, origin, display_name) values ($1, $2, $3, $4)
     on conflict (user_id) do update set display_name = coalesce(excluded.display_name, u.display_name)
     returning ${accountColumns}`,
    [user.user_ref, user.user_id, user.origin, user.display_name],
  )
  return rows[0] as Account
}

export async function findUser(db: Queryable, user_id: string): Promise<Account | null> {
  const { rows } = await db.query<Account>(
    `select ${accountColumns} from users u where u.user_id = $1`,
    [user_id],
  )
  return rows[0] ?? null
}

export async function findAccount(db: Queryable, user_ref: string): Promise<Account> {
  const { rows } = await db.query<Account>(
    `select ${accountColumns} from users u where u.id = $1`,
    [user_ref],
  )
  if (!rows[0]) throw new Error(`user ${user_ref} is gone`)
  return rows[0]
}

export async function setDisplayName(
  db: Queryable,
  user_ref: string,
  display_name: string | null,
): Promise<void> {
  await db.query(
    `update users set display_name = coalesce($2, display_name) where id = $1 and erased_at is null`,
    [user_ref, display_name],
  )
}

/** Those that are still there, locked in the order of their ids until the transaction ends. */
export async function lockUsers(db: Queryable, user_refs: readonly string[]): Promise<Account[]> {
  return (
    await db.query<Account>(
      `select ${accountColumns} from users u where u.id = any($1) order by u.id for update`,
      [user_refs],
    )
  ).rows
}

/**
 * A wallet pays for this user from now on; the merchant is notified of it. `former_user_id`: the
 * made one that gave way.
 */
export async function insertBinding(
  db: Queryable,
  user_ref: string,
  former_user_id: string | null,
): Promise<void> {
  await db.query(`insert into user_bindings (user_ref, former_user_id) values ($1, $2)`, [
    user_ref,
    former_user_id,
  ])
}

/** The made user takes the real name it was waiting for. */
export async function renameUser(db: Queryable, user: Account): Promise<void> {
  await db.query(
    `insert into user_bindings (user_ref, former_user_id) select id, user_id from users where id = $1 and erased_at is null`,
    [user.user_ref],
  )
  await db.query(
    `update users set user_id = $2, origin = $3, display_name = $4 where id = $1 and erased_at is null`,
    [user.user_ref, user.user_id, user.origin, user.display_name],
  )
}

/**
 * Moves wallets, contracts and all from a made user to the real one and removes the made one. Both
 * users are locked.
 */
export async function mergeUser(db: Queryable, from_ref: string, to_ref: string): Promise<void> {
  await db.query(
    `insert into user_bindings (user_ref, former_user_id) select $2, user_id from users where id = $1`,
    [from_ref, to_ref],
  )
  await db.query(`select from contracts where user_ref = $1 order by id for update`, [from_ref])
  await db.query(`update contracts set user_ref = $2 where user_ref = $1`, [from_ref, to_ref])
  await db.query(`update wallets set user_ref = $2 where user_ref = $1`, [from_ref, to_ref])
  await db.query(`delete from users where id = $1`, [from_ref])
}

/** The open_id of a wallet, opened. */
export async function findOpenId(
  db: Queryable,
  cipher: Cipher,
  wallet_ref: string,
): Promise<string> {
  const { rows } = await db.query<{ open_id_sealed: string }>(
    `select open_id_sealed from wallets where id = $1`,
    [wallet_ref],
  )
  if (!rows[0]) throw new Error(`wallet ${wallet_ref} is gone`)
  return cipher.open(rows[0].open_id_sealed)
}

/** Whose binding it was, with the user_id of now; null when the user is gone. */
export async function findBinding(
  db: Queryable,
  seq: string,
): Promise<{ user_ref: string; user_id: string; former_user_id: string | null } | null> {
  const { rows } = await db.query<{
    user_ref: string
    user_id: string
    former_user_id: string | null
  }>(
    `select u.id as user_ref, u.user_id, b.former_user_id from user_bindings b join users u on u.id = b.user_ref where b.seq = $1`,
    [seq],
  )
  return rows[0] ?? null
}
