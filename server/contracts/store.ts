import type { HistoryEntry } from '../api.ts'
import { conditionsOf } from '../storage/conditions.ts'
import type { Queryable } from '../storage/database.ts'
import type { Contract } from './contract.ts'
import type { SignedThrough } from './states.ts'

/** All SQL of signing attempts and contracts. Instants are the business clock's. */

const columns = `id, user_ref, wallet_ref, plan_id, contract_code, contract_id_sealed, signed_through, state, step, reason,
  unionpay_code, ended_by, needs_review, number_differs, sweep_stopped, started_at, expires_at, sent_at, signed_at, terminating_at, terminated_at, changed_at,
  check_due_at, checks, not_signed_at, relieve_attempts, sweep_due_at,
  (select user_id from users where users.id = user_ref) as user_id`

const one = (rows: Contract[]): Contract | null => rows[0] ?? null

export type NewSigning = {
  id: string
  user_ref: string
  wallet_ref: string | null
  plan_id: string
  contract_code: string
  signed_through: SignedThrough
  state_digest: string
  life_minutes: number
}

export async function insertSigning(db: Queryable, signing: NewSigning): Promise<Contract> {
  const { rows } = await db.query<Contract>(
    `with started as (
       insert into contracts (id, user_ref, wallet_ref, plan_id, contract_code, signed_through, state, state_digest, expires_at)
       values ($1, $2, $3, $4, $5, $6, 'applying', $7, business_now() + make_interval(mins => $8)) returning *),
     history as (insert into contract_history (contract_ref, to_state, source) select id, state, 'start' from started)
     select ${columns} from started`,
    [
      signing.id,
      signing.user_ref,
      signing.wallet_ref,
      signing.plan_id,
      signing.contract_code,
      signing.signed_through,
      signing.state_digest,
      signing.life_minutes,
    ],
  )
  return rows[0] as Contract
}

/** The row, locked until the transaction ends. */
export async function lockContract(db: Queryable, id: string): Promise<Contract | null> {
  return one(
    (await db.query<Contract>(`select ${columns} from contracts where id = $1 for update`, [id]))
      .rows,
  )
}

export async function findContract(db: Queryable, id: string): Promise<Contract | null> {
  return one(
    (await db.query<Contract>(`select ${columns} from contracts where id = $1`, [id])).rows,
  )
}

export async function findByState(db: Queryable, state_digest: string): Promise<Contract | null> {
  return one(
    (
      await db.query<Contract>(`select ${columns} from contracts where state_digest = $1`, [
        state_digest,
      ])
    ).rows,
  )
}

/**
 * The attempt of a wallet that is still at UnionPay's page, if there is only one: for a return that
 * came without `state`.
 */
export async function findOnlyOpened(db: Queryable, wallet_ref: string): Promise<Contract | null> {
  const { rows } = await db.query<Contract>(
    `select ${columns} from contracts where wallet_ref = $1 and state = 'applying' and step = 'opened' limit 2`,
    [wallet_ref],
  )
  return rows.length === 1 ? one(rows) : null
}

/**
 * What holds the one live place of user and plan: an active or ending contract, or an apply under
 * way.
 */
export async function findLive(
  db: Queryable,
  user_ref: string,
  plan_id: string,
): Promise<Contract | null> {
  return one(
    (
      await db.query<Contract>(
        `select ${columns} from contracts where user_ref = $1 and plan_id = $2
        and (state in ('active', 'terminating') or (state = 'applying' and step = 'sent'))`,
        [user_ref, plan_id],
      )
    ).rows,
  )
}

/**
 * Whoever had this contract number, the live one first; terminated ones count: they are never
 * adopted again.
 */
export const findByContractId = async (
  db: Queryable,
  contract_id_digest: string,
): Promise<Contract | null> => (await findByContractIds(db, [contract_id_digest]))[0] ?? null

/** The same for several at once, in their order. */
export async function findByContractIds(
  db: Queryable,
  digests: readonly string[],
): Promise<(Contract | null)[]> {
  const { rows } = await db.query<Contract & { contract_id_digest: string }>({
    name: 'contracts-by-number',
    text: `select distinct on (contract_id_digest) contract_id_digest, ${columns} from contracts where contract_id_digest = any($1)
      order by contract_id_digest, state in ('active', 'terminating') desc, started_at desc`,
    values: [[...new Set(digests)]],
  })
  const found = new Map(
    rows.map(({ contract_id_digest, ...contract }) => [contract_id_digest, contract]),
  )
  return digests.map((digest) => found.get(digest) ?? null)
}

/** Live contracts of a wallet, narrowed by plan and by our code where these are known. */
export async function findLiveOfWallet(
  db: Queryable,
  open_id_digest: string,
  plan_id: string | null,
  contract_code: string | null,
): Promise<Contract[]> {
  const { rows } = await db.query<Contract>(
    `select ${columns} from contracts where wallet_ref = (select id from wallets where open_id_digest = $1)
        and state in ('active', 'terminating')
        and ($2::text is null or plan_id = $2) and ($3::text is null or contract_code = $3)`,
    [open_id_digest, plan_id, contract_code],
  )
  return rows
}

/** Whether another contract of the same wallet and plan was still alive at that instant. */
export async function livedBeside(
  db: Queryable,
  { id, wallet_ref, plan_id }: Pick<Contract, 'id' | 'wallet_ref' | 'plan_id'>,
  at: Date,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from contracts where wallet_ref = $1 and plan_id = $2 and id <> $3 and terminated_at >= $4 limit 1`,
    [wallet_ref, plan_id, id, at],
  )
  return rowCount === 1
}

/** The attempt of the same user and plan that had the live place when this one was turned away. */
export async function findSignedInstead(
  db: Queryable,
  {
    id,
    user_ref,
    plan_id,
    changed_at,
  }: Pick<Contract, 'id' | 'user_ref' | 'plan_id' | 'changed_at'>,
): Promise<Contract | null> {
  return one(
    (
      await db.query<Contract>(
        `select ${columns} from contracts where user_ref = $1 and plan_id = $2 and id <> $3 and step = 'sent' and started_at <= $4
          order by sent_at desc limit 1`,
        [user_ref, plan_id, id, changed_at],
      )
    ).rows,
  )
}

/** Whether UnionPay's number was another contract's of ours before. */
export async function hadNumberBefore(
  db: Queryable,
  contract_id_digest: string,
  id: string,
): Promise<boolean> {
  const { rowCount } = await db.query(
    'select from contracts where contract_id_digest = $1 and id <> $2 limit 1',
    [contract_id_digest, id],
  )
  return rowCount === 1
}

/**
 * Contracts a payer can see: all that became one, and those that UnionPay was asked for. Newest
 * first.
 */
export async function listContracts(db: Queryable, user_ref: string): Promise<Contract[]> {
  const { rows } = await db.query<Contract>(
    `select ${columns} from contracts where user_ref = $1
      and (state in ('active', 'terminating', 'terminated') or (state = 'applying' and step = 'sent'))
      order by state = 'terminated', coalesce(signed_at, started_at) desc limit 200`,
    [user_ref],
  )
  return rows
}

/** Whatever a payer began, whatever became of it. Newest first. */
export async function listEverBegun(db: Queryable, user_ref: string): Promise<Contract[]> {
  return (
    await db.query<Contract>(
      `select ${columns} from contracts where user_ref = $1 order by id desc`,
      [user_ref],
    )
  ).rows
}

/** The active contract of a payer for a plan; there is at most one. */
export async function findActiveOf(
  db: Queryable,
  user_ref: string,
  plan_id: string,
): Promise<Contract | null> {
  return one(
    (
      await db.query<Contract>(
        `select ${columns} from contracts where user_ref = $1 and plan_id = $2 and state = 'active'`,
        [user_ref, plan_id],
      )
    ).rows,
  )
}

export type ContractFilter = {
  plan_ids: readonly string[] // empty: every plan
  user_id?: string | undefined
  plan_id?: string | undefined
  state?: string | undefined
  before?: string | undefined
}

/**
 * Newest attempt first; without a state those that were signed. `before` is the last id of the page
 * before.
 */
export async function listContractsWhere(
  db: Queryable,
  filter: ContractFilter,
  most: number,
): Promise<Contract[]> {
  const { where, values } = conditionsOf([
    ['plan_id = any($)', filter.plan_ids.length > 0 ? filter.plan_ids : undefined],
    ['plan_id = $', filter.plan_id],
    ['id < $', filter.before],
    ['user_ref = (select id from users where user_id = $)', filter.user_id],
    [
      'state = any($)',
      filter.state === undefined ? ['active', 'terminating', 'terminated'] : [filter.state],
    ],
  ])
  return (
    await db.query<Contract>(
      `select ${columns} from contracts ${where} order by id desc limit $${values.length + 1}`,
      [...values, most],
    )
  ).rows
}

export async function readHistory(db: Queryable, id: string): Promise<HistoryEntry[]> {
  const { rows } = await db.query<HistoryEntry & { at: unknown }>(
    `select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, from_state as "from", to_state as "to", source, reason
       from contract_history where contract_ref = $1 order by seq limit 200`,
    [id],
  )
  return rows
}
