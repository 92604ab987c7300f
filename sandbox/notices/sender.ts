import type { Parts } from '../parts.ts'
import { deliver, isAcknowledged } from './deliver.ts'
import { noticeFields } from './form.ts'
import type { Notice } from './notices.ts'
import { encodeMembers, signNotice, wireMembers } from './wire.ts'

export type Sender = { start(): void; stop(): Promise<void> }

const pollIntervalMs = 500
const mostPerRound = 10

/** Sends due notices: when one is queued, when the clock is moved, and twice a second. */
export function createSender(parts: Parts): Sender {
  const stopping = new AbortController()
  let timer: NodeJS.Timeout | null = null
  let round: Promise<void> | null = null
  let again = false

  const sendDue = async (): Promise<void> => {
    do {
      const due = parts.notices.due(mostPerRound)
      again = due.length > 0 // a notice that is sent twice, or more notices than fit into one round
      await Promise.all(due.map((notice) => sendNotice(parts, notice, stopping.signal)))
    } while (again && timer)
  }
  const look = (): void => {
    if (!timer) return
    again = true
    round ??= sendDue().finally(() => void (round = null))
  }
  return {
    start() {
      timer = setInterval(look, pollIntervalMs).unref()
      parts.notices.onDue(look)
      look()
    },
    async stop() {
      if (timer) clearInterval(timer)
      timer = null
      stopping.abort()
      await round
    },
  }
}

/**
 * Each attempt has a new signature, as observed live: timestamp and nonceStr are those of the
 * attempt (open platform §6.1).
 */
export async function sendNotice(parts: Parts, notice: Notice, signal: AbortSignal): Promise<void> {
  const contract = parts.contracts.byId(notice.contract_id)
  const now = parts.clock.now()
  if (!contract) {
    parts.notices.settle(notice, {
      at: now.toISOString(),
      status: null,
      body: 'the contract is gone',
      acknowledged: true,
    })
    return
  }
  const { notice_time } = parts.switches.read()
  const fields = noticeFields(
    contract,
    parts.settings.app_id,
    notice.form.generation,
    now,
    notice_time,
  )
  const members = wireMembers(
    fields,
    signNotice(fields, parts.notice_keys.private_key),
    notice.form.null_as,
  )
  parts.signed_messages.addTermination(contract.contract_id, encodeMembers(members, 'form'))
  const delivery = await deliver(
    parts.journal,
    parts.switches.read().notice_url,
    notice.form.transport,
    encodeMembers(members, notice.form.transport),
    `解约通知 ${contract.contract_id}`,
    { user_id: notice.user_id, signal },
  )
  parts.notices.settle(notice, {
    at: now.toISOString(),
    status: delivery.status,
    body: delivery.body.slice(0, 500),
    acknowledged: isAcknowledged(delivery),
  })
}
