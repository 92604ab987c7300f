import type { SandboxClock } from './clock.ts'
import { writeForm, type Message } from './gateway/message.ts'

/**
 * The kind of a signed message: answers of the gateway, its notifications, and the open platform's
 * 解约通知.
 */
export type SignedKind =
  | 'answer'
  | 'query_answer'
  | 'file_answer'
  | 'certificate_answer'
  | 'notification'
  | 'termination'

/** A message that was signed here with UnionPay's key, stored so that it can be sent again. */
export type SignedMessage = {
  message: number
  kind: SignedKind
  /** of an answer or notification of the gateway */
  order_id: string | null
  /** of a termination */
  contract_id: string | null
  resp_code: string | null
  orig_resp_code: string | null
  at: string
  /** form-encoded, as a notification is sent */
  form: string
}

export type SignedMessages = {
  addOfGateway(kind: SignedKind, fields: Message): void
  addTermination(contract_id: string, form: string): void
  find(message: number): SignedMessage | null
  /** Newest first. */
  latest(limit: number, order_id?: string): SignedMessage[]
  clear(): void
}

/** How many messages are retained, and the largest size: a statement file is never sent again. */
const most_messages = 2_000
const most_characters = 64 * 1024

/** In memory only: a restart loses them. An id is never reused. */
export function createSignedMessages(clock: SandboxClock): SignedMessages {
  let numbers = 0
  let messages: SignedMessage[] = []
  const add = (one: Omit<SignedMessage, 'message' | 'at'>): void => {
    if (one.form.length > most_characters) return
    numbers += 1
    messages.push({ message: numbers, at: clock.now().toISOString(), ...one })
    if (messages.length > most_messages + 100) messages = messages.slice(-most_messages)
  }
  return {
    addOfGateway: (kind, fields) =>
      add({
        kind,
        order_id: fields.orderId ?? null,
        contract_id: null,
        resp_code: fields.respCode ?? null,
        orig_resp_code: fields.origRespCode ?? null,
        form: writeForm(fields),
      }),
    addTermination: (contract_id, form) =>
      add({
        kind: 'termination',
        order_id: null,
        contract_id,
        resp_code: null,
        orig_resp_code: null,
        form,
      }),
    find: (message) => messages.find((one) => one.message === message) ?? null,
    latest: (limit, order_id) =>
      messages
        .filter((one) => order_id === undefined || one.order_id === order_id)
        .slice(-limit)
        .toReversed(),
    clear: () => void (messages = []),
  }
}
