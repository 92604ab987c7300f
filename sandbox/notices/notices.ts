import type { SandboxClock } from '../clock.ts'
import type { Contract } from '../open-platform/contracts.ts'
import type { Database } from '../store/database.ts'
import type { SwitchBoard } from '../switches.ts'
import type { NoticeForm } from './form.ts'

export type Attempt = { at: string; status: number | null; body: string; acknowledged: boolean }
export type NoticeState = 'waiting' | 'acknowledged' | 'given_up' | 'withheld'
export type Notice = {
  notice_id: number
  contract_id: string
  user_id: string
  form: NoticeForm
  state: NoticeState
  next_attempt_at: string | null
  attempts: Attempt[]
  acknowledgements_left: number
  created_at: string
}

/**
 * After each failed attempt, on the sandbox clock; then the notice is given up. No rule is known
 * (open platform §6.1).
 */
const retryAfterMs = [15_000, 60_000, 300_000, 1_800_000, 7_200_000, 21_600_000, 46_800_000]

export type Notices = {
  /** Queues a termination notice as the switches say: now, late, twice, or never. */
  announce(contract: Contract): void
  due(limit: number): Notice[]
  settle(notice: Notice, attempt: Attempt): void
  all(): Notice[]
  /** Called whenever a notice may have become due. */
  onDue(listener: () => void): void
  wake(): void
}

export function createNotices(
  database: Database,
  clock: SandboxClock,
  switches: SwitchBoard,
): Notices {
  const insert = database.prepare(
    `INSERT INTO notices (contract_id, user_id, form, state, next_attempt_at, attempts, acknowledgements_left, created_at)
     VALUES (?, ?, ?, ?, ?, '[]', ?, ?)`,
  )
  const due = database.prepare(
    "SELECT * FROM notices WHERE state = 'waiting' AND next_attempt_at <= ? ORDER BY next_attempt_at LIMIT ?",
  )
  const all = database.prepare('SELECT * FROM notices ORDER BY notice_id DESC LIMIT 500')
  const update = database.prepare(
    'UPDATE notices SET state = ?, next_attempt_at = ?, attempts = ?, acknowledgements_left = ? WHERE notice_id = ?',
  )
  let listener = (): void => {}
  return {
    announce(contract) {
      const { notice_timing, notice_late_ms, notice_transport, notice_generation, notice_null } =
        switches.read()
      const form: NoticeForm = {
        transport: notice_transport,
        generation: notice_generation,
        null_as: notice_null,
      }
      const now = clock.nowMs()
      const next =
        notice_timing === 'never' ? null : now + (notice_timing === 'late' ? notice_late_ms : 0)
      insert.run(
        contract.contract_id,
        contract.user_id,
        JSON.stringify(form),
        next === null ? 'withheld' : 'waiting',
        next,
        notice_timing === 'twice' ? 2 : 1,
        now,
      )
      listener()
    },
    due: (limit) => due.all(clock.nowMs(), limit).map(readNotice),
    settle(notice, attempt) {
      const attempts = [...notice.attempts, attempt]
      const left = notice.acknowledgements_left - (attempt.acknowledged ? 1 : 0)
      const failures = attempts.filter((one) => !one.acknowledged).length
      const wait = attempt.acknowledged ? 0 : retryAfterMs[failures - 1]
      const state: NoticeState =
        left <= 0 ? 'acknowledged' : wait === undefined ? 'given_up' : 'waiting'
      update.run(
        state,
        state === 'waiting' ? clock.nowMs() + (wait ?? 0) : null,
        JSON.stringify(attempts),
        left,
        notice.notice_id,
      )
    },
    all: () => all.all().map(readNotice),
    onDue: (next) => void (listener = next),
    wake: () => listener(),
  }
}

function readNotice(row: Record<string, unknown>): Notice {
  const instant = (value: unknown): string => new Date(value as number).toISOString()
  return {
    notice_id: row.notice_id as number,
    contract_id: row.contract_id as string,
    user_id: row.user_id as string,
    form: JSON.parse(row.form as string) as NoticeForm,
    state: row.state as NoticeState,
    next_attempt_at: row.next_attempt_at === null ? null : instant(row.next_attempt_at),
    attempts: JSON.parse(row.attempts as string) as Attempt[],
    acknowledgements_left: row.acknowledgements_left as number,
    created_at: instant(row.created_at),
  }
}
