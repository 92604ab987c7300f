import { areFields, type Captured } from '../../captured/captured.ts'
import { findCaptured } from '../../captured/find-captured.ts'
import { onePerSignature } from '../../captured/one-per-signature.ts'
import { readBase64 } from '../digests.ts'
import { tryToRead } from '../trust.ts'
import {
  readForm,
  readPairs,
  splitAnswer,
  type Reading,
  type ReceivedMessage,
} from '../received.ts'
import { isRight } from './find-causes.ts'
import type { Evidence } from './explain-message.ts'

/**
 * A captured message as one reader read it. `body`: what of it was on the wire, as far as the
 * capture still has it.
 */
export type ReadMessage = {
  form: string
  remarks: readonly string[]
  body: Buffer
  reading: Reading
}

/** Everything in a captured file that is a message of the gateway, and what was left aside. */
export type Chosen = { messages: ReadMessage[]; aside: string[] }

export const readMessages = (bytes: Buffer): ReadMessage[] => findCaptured(bytes).map(readOne)

/** Whether one of the ways to read a file makes a message of the gateway of it. */
export const holdsGatewayMessage = (found: readonly ReadMessage[]): boolean =>
  found.some(
    ({ reading }) =>
      reading.kind === 'read' &&
      ['signMethod', 'signPubKeyCert', 'txnType', 'txnTime', 'merId', 'respCode'].some(
        (name) => name in reading.fields,
      ),
  )

/** One reading for each message in a file. */
export function chooseMessages(found: readonly ReadMessage[], evidence: Evidence): Chosen {
  const messages = onePerSignature(found, {
    signatureOf: ({ reading }) => (reading.kind === 'read' ? reading.signature : ''),
    isRight: ({ reading }) => reading.kind === 'read' && isRight(reading, evidence),
    size: ({ reading }) => (reading.kind === 'read' ? wholeness(reading) : 0),
  })
  return separate(messages.length > 0 ? messages : [bestUnsigned(found)])
}

/**
 * How much of a message was read: whether signature and certificate are whole counts for more than
 * the number of fields.
 */
function wholeness({ fields, signature, raw }: ReceivedMessage): number {
  const whole = [
    readBase64(signature) !== null,
    tryToRead(raw['signPubKeyCert'] ?? '') !== null,
  ].filter(Boolean).length
  const short = Object.values(fields).filter((value) => value.length < 4_096) // others swallowed the rest of a log
  return whole * 1_000 + short.length
}

/**
 * Requests of the merchant's own, which a log holds beside the answers, are signed with another
 * key.
 */
function separate(messages: ReadMessage[]): Chosen {
  const own = messages.filter(({ reading }) => reading.kind === 'read' && isOwnRequest(reading))
  if (own.length === messages.length) return { messages, aside: [] }
  return {
    messages: messages.filter((one) => !own.includes(one)),
    aside: own.map(({ reading }) => {
      const { orderId } = reading.kind === 'read' ? reading.fields : {}
      return `the file also holds a request of the merchant (orderId ${orderId ?? 'missing'}), which UnionPay did not sign; it was left aside`
    }),
  }
}

const isOwnRequest = ({ fields }: ReceivedMessage): boolean =>
  ['respCode', 'origRespCode', 'signPubKeyCert'].every((name) => !(name in fields))

/** Without any signature: what is at least a message, else the file as it is. */
function bestUnsigned(found: readonly ReadMessage[]): ReadMessage {
  const [whole] = found as [ReadMessage]
  if (isTelling(whole.reading)) return whole
  return (
    found.find(
      ({ reading }) => reading.kind === 'read' && areFields(Object.keys(reading.fields)),
    ) ??
    found.find(({ reading }) => isTelling(reading)) ??
    whole
  )
}

/** It is a message, and what is wrong with it is known. */
const isTelling = (reading: Reading): boolean =>
  reading.kind === 'unreadable' && reading.why !== 'not_a_message' && reading.why !== 'too_large'

function readOne(captured: Captured): ReadMessage {
  const { form, remarks = [] } = captured
  const text = captured.kind === 'pairs' ? '' : captured.text
  const body = Buffer.from(text, 'latin1')
  const reading =
    captured.kind === 'pairs'
      ? readPairs(captured.pairs)
      : captured.kind === 'query'
        ? readForm(body)
        : splitAnswer(body)
  return { form, remarks, body, reading }
}
