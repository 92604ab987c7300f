import type { SandboxClock } from '../clock.ts'
import { randomDigits } from '../random.ts'
import type { Database } from '../store/database.ts'

export type EndedBy = 'user' | 'merchant'

export type Contract = {
  contract_id: string
  user_id: string
  open_id: string
  plan_id: string
  contract_code: string
  status: 'signed' | 'terminated'
  signed_at: number
  terminated_at: number | null
  ended_by: EndedBy | null
}

export type Contracts = {
  /** Null when this user already has a signed contract for the plan (a40). */
  sign(party: {
    user_id: string
    open_id: string
    plan_id: string
    contract_code: string
  }): Contract | null
  /** Null when it is not, or no longer, signed. */
  terminate(contract_id: string, by: EndedBy): Contract | null
  byId(contract_id: string): Contract | null
  /** The signed one, otherwise the one that ended last. */
  currentOf(open_id: string, plan_id: string): Contract | null
  ofUser(user_id: string): Contract[]
  all(): Contract[]
}

export function createContracts(database: Database, clock: SandboxClock): Contracts {
  const columns =
    'contract_id, user_id, open_id, plan_id, contract_code, status, signed_at, terminated_at, ended_by'
  const insert = database.prepare(
    `INSERT INTO contracts (contract_id, user_id, open_id, plan_id, contract_code, status, signed_at)
     VALUES (?, ?, ?, ?, ?, 'signed', ?) ON CONFLICT DO NOTHING RETURNING ${columns}`,
  )
  const end = database.prepare(
    `UPDATE contracts SET status = 'terminated', terminated_at = ?, ended_by = ?
     WHERE contract_id = ? AND status = 'signed' RETURNING ${columns}`,
  )
  const byId = database.prepare(`SELECT ${columns} FROM contracts WHERE contract_id = ?`)
  const current = database.prepare(
    `SELECT ${columns} FROM contracts WHERE open_id = ? AND plan_id = ? ORDER BY status = 'signed' DESC, position DESC LIMIT 1`,
  )
  const ofUser = database.prepare(
    `SELECT ${columns} FROM contracts WHERE user_id = ? ORDER BY position DESC`,
  )
  const all = database.prepare(`SELECT ${columns} FROM contracts ORDER BY position DESC LIMIT 1000`)
  return {
    sign: (party) =>
      (insert.get(
        newContractId(),
        party.user_id,
        party.open_id,
        party.plan_id,
        party.contract_code,
        clock.nowMs(),
      ) as Contract | undefined) ?? null,
    terminate: (contract_id, by) =>
      (end.get(clock.nowMs(), by, contract_id) as Contract | undefined) ?? null,
    byId: (contract_id) => (byId.get(contract_id) as Contract | undefined) ?? null,
    currentOf: (open_id, plan_id) =>
      (current.get(open_id, plan_id) as Contract | undefined) ?? null,
    ofUser: (user_id) => ofUser.all(user_id) as Contract[],
    all: () => all.all() as Contract[],
  }
}

/**
 * 19 digits that begin with 62184, like the one published sample (open platform §5.2): too large
 * for a JSON number.
 */
const newContractId = (): string => `62184${randomDigits(14)}`
