import type { ContractState } from '../api.ts'
import { transaction, type Database, type Queryable } from '../storage/database.ts'
import {
  mayContractBecome,
  reviewOf,
  type Contract,
  type EndedBy,
  type Source,
} from './contract.ts'
import { lockContract, findContract } from './store.ts'
import { audited } from '../audit/store.ts'
import { Refusal } from '../errors.ts'
import type { ContractsContext } from './context.ts'

/** What is written with a change. Undefined fields stay as they are. */
export type Fields = Partial<{
  reason: string | null
  unionpay_code: string | null
  wallet_ref: string
  step: Contract['step']
  contract_id_digest: string
  contract_id_sealed: string
  signed_at: Date
  terminated_at: Date
  terminating_at: Date
  sent_at: Date
  ended_by: EndedBy | null
  needs_review: boolean
  number_differs: boolean
  sweep_stopped: boolean
  not_signed_at: Date | null
  checks: number
  relieve_attempts: number
}>

/**
 * A transition, or a note that leaves the state as it is. `check_in_s`: seconds until UnionPay is
 * asked; null: never.
 */
export type Change = {
  to: ContractState
  source: Source
  fields?: Fields
  check_in_s?: number | null
  sweep_in_s?: number
}

export type Note = { fields?: Fields; check_in_s?: number | null; sweep_in_s?: number }

/**
 * The one way a contract changes: lock the row, let `decide` look at what it is now, apply the
 * transition table, append history. `decide` returns null to leave everything alone. A transition
 * the table does not know is a bug and throws.
 */
export async function changeContract(
  database: Database,
  id: string,
  decide: (contract: Contract) => Change | Note | null,
): Promise<Contract> {
  return transaction(database, (db) => changeContractIn(db, id, decide))
}

export async function changeContractIn(
  db: Queryable,
  id: string,
  decide: (contract: Contract) => Change | Note | null,
): Promise<Contract> {
  const contract = await lockContract(db, id)
  if (!contract) throw new Error(`contract ${id} is gone`)
  const change = decide(contract)
  if (!change) return contract
  if ('to' in change && !mayContractBecome(contract.state, change.to)) {
    throw new Error(`a contract that is ${contract.state} cannot become ${change.to}`)
  }
  await write(db, contract, change)
  return (await lockContract(db, id)) as Contract
}

async function write(db: Queryable, contract: Contract, change: Change | Note): Promise<void> {
  const values: unknown[] = [contract.id]
  const sets: string[] = []
  const set = (column: string, value: unknown, expression = '$'): void => {
    values.push(value)
    sets.push(`${column} = ${expression.replace('$', `$${values.length}`)}`)
  }
  for (const [column, value] of Object.entries(change.fields ?? {}))
    if (value !== undefined) set(column, value)
  if (change.check_in_s !== undefined)
    set('check_due_at', change.check_in_s, 'business_now() + make_interval(secs => $::float8)')
  if (change.sweep_in_s !== undefined)
    set('sweep_due_at', change.sweep_in_s, 'business_now() + make_interval(secs => $::float8)')
  if ('to' in change) {
    set('state', change.to)
    if (waitedForUnionPay(contract) && change.fields?.needs_review === undefined)
      set('needs_review', contract.number_differs || contract.sweep_stopped)
    sets.push('changed_at = business_now()')
  }
  if (sets.length > 0)
    await db.query(`update contracts set ${sets.join(', ')} where id = $1`, values)
  if (!('to' in change)) return
  await db.query(
    `insert into contract_history (contract_ref, from_state, to_state, source, reason) values ($1, $2, $3, $4, $5)`,
    [contract.id, contract.state, change.to, change.source, change.fields?.reason ?? null],
  )
}

/** In review because UnionPay did not name an outcome. Only an operator ends any other review. */
const waitedForUnionPay = ({ needs_review, state, reason }: Contract): boolean =>
  needs_review &&
  (state === 'applying' ||
    state === 'abandoned' ||
    (state === 'terminating' && ['relieve_unknown', 'relieve_refused'].includes(reason ?? '')))

/**
 * Takes the mark of the sweep's brake off every contract that has it; each is looked at at once.
 * What else it waits for a person for stays. Returns how many.
 */
async function releaseSweep(db: Queryable): Promise<number> {
  const { rowCount } = await db.query(
    `with marked as (select id from contracts where sweep_stopped order by id for update)
     update contracts set sweep_stopped = false, sweep_due_at = business_now(), needs_review = number_differs or (needs_review and state = 'terminating' and reason in ('relieve_unknown', 'relieve_refused')),
            reason = case when reason is distinct from 'sweep_stopped' then reason when number_differs then 'contract_id_differs' end
      where id in (select id from marked)`,
  )
  return rowCount ?? 0
}

/** Of the line in the audit trail that lets the sweep go on. */
export const release_action = 'sweep.release'

/**
 * An operator has reviewed a contract: it continues as it is. The brake of the sweep is released as
 * a whole, with every contract it marked. Writes a line into the audit trail. Refuses not_found,
 * nothing_to_resolve.
 */
export async function resolveContract(
  { database }: Pick<ContractsContext, 'database'>,
  id: string,
  author: string,
): Promise<void> {
  await audited(
    database,
    async (db) => {
      const marked = (await findContract(db, id))?.sweep_stopped === true
      const released = marked ? await releaseSweep(db) : 0 // all of them are locked in their order, this one among them
      if (released > 0)
        return { action: release_action, reason: 'sweep_stopped', contracts: released }
      const contract = await lockContract(db, id)
      if (!contract) throw new Refusal('not_found')
      if (!contract.needs_review) throw new Refusal('nothing_to_resolve')
      // why an attempt failed stays; a contract that holds goes on without a blemish
      await changeContractIn(db, id, ({ state }) => ({
        fields: {
          needs_review: false,
          number_differs: false,
          ...(state === 'active' ? { reason: null } : {}),
        },
      }))
      return { action: 'contract.resolve', reason: reviewOf(contract), contracts: 1 }
    },
    ({ action, reason, contracts }) => ({
      author,
      action,
      subject: id,
      detail: { reason, contracts },
    }),
  )
}
