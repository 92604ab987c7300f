import type { Fields } from './message.ts'
import type { Treatment } from './resp-codes.ts'
import { readSettled } from './settled.ts'

/**
 * Why a message that is signed and posted as a notification settles nothing. `answer`: a
 * synchronous answer, or one that brings a file or a certificate. `query_answer`: the answer to a
 * status query. `incomplete`: parts of what a notification has are missing. `inconsistent`: its own
 * fields contradict each other. UnionPay signs all of these with the same key (ACP §5, additions
 * B).
 */
export type NotANotification = {
  why: 'answer' | 'query_answer' | 'incomplete' | 'inconsistent'
  detail: string
}

/**
 * Fields that only a query answer has. Their presence decides, whatever they hold: no notification
 * was ever seen with them.
 */
const of_query_answers = ['origRespCode', 'origRespMsg'] as const
const of_other_answers = ['fileContent', 'fileName', 'encryptPubKeyCert'] as const

/**
 * Whether a verified message is a notification about money: it has no origRespCode, and all
 * `required` fields are there and readable. Null when it is one, and consistent in itself.
 */
export function whyNotANotification(
  fields: Fields,
  required: readonly string[],
  treatment: Treatment | null,
): NotANotification | null {
  const query_field = firstOf(fields, of_query_answers)
  if (query_field) return { why: 'query_answer', detail: `it has ${query_field}` }
  if (fields.txnType === '00') return { why: 'query_answer', detail: 'its txnType is 00' }
  const answer_field = firstOf(fields, of_other_answers)
  if (answer_field) return { why: 'answer', detail: `it has ${answer_field}` }
  const missing = required.filter((name) => !isReadable(fields, name))
  if (missing.length > 0)
    return {
      why: missing.length === required.length ? 'answer' : 'incomplete',
      detail: `it has no readable ${missing.join(', ')}`,
    }
  const contradiction = findContradiction(fields, treatment)
  return contradiction === null ? null : { why: 'inconsistent', detail: contradiction }
}

/**
 * What makes a message posted as a synchronous answer another kind of message; null for an answer.
 */
export function whyNotAnAnswer(fields: Fields): string | null {
  const query_field = firstOf(fields, of_query_answers)
  return query_field && `it has ${query_field}, which only the answer to a query has`
}

const firstOf = (fields: Fields, names: readonly string[]): string | null =>
  names.find((name) => Object.hasOwn(fields, name)) ?? null

/** A field whose form is known counts only when it has it. */
function isReadable(fields: Fields, name: string): boolean {
  if (!Object.hasOwn(fields, name) || fields[name] === '') return false
  const settled = readSettled(fields)
  switch (name) {
    case 'traceNo':
      return settled.trace_no !== null
    case 'traceTime':
      return settled.trace_time !== null
    case 'settleDate':
      return settled.settle_date !== null
    case 'settleAmt':
      return settled.settle_amount_fen !== null
    case 'settleCurrencyCode':
      return settled.settle_currency !== null
    case 'queryId':
      return settled.query_id !== null
    default:
      return true
  }
}

type Contradiction = {
  fields: readonly [string, string]
  why: string
  isIn(fields: Fields, says: 'succeeded' | 'failed'): boolean
}

const domestic = '156'
const isGiven = (value: string | undefined): value is string => value !== undefined && value !== ''
const fenOf = (text: string): number | null => (/^\d{1,12}$/.test(text) ? Number(text) : null)

/**
 * Pairs of fields of one message that exclude each other. A message with one of them says two
 * things, and neither is believed. Not compared: respMsg, which is text for people in changing
 * words; times, of which two clocks are spoken; respCode with origRespCode, which decides the kind
 * of message; a field given twice, which is refused before its signature is looked at.
 */
export const contradictions: readonly Contradiction[] = [
  {
    fields: ['txnAmt', 'settleAmt'],
    why: 'in one currency what is settled is what was paid; a decline may settle nothing',
    isIn({ txnAmt, settleAmt, currencyCode, settleCurrencyCode }, says) {
      if (!isGiven(txnAmt) || !isGiven(settleAmt)) return false
      const settled_fen = fenOf(settleAmt)
      if (settled_fen === null) return true
      if (isGiven(settleCurrencyCode) && settleCurrencyCode !== (currencyCode || domestic))
        return false
      return settled_fen !== fenOf(txnAmt) && !(says === 'failed' && settled_fen === 0)
    },
  },
  {
    fields: ['currencyCode', 'settleCurrencyCode'],
    why: 'settling in another currency needs the rate it was converted with',
    isIn: ({ currencyCode, settleCurrencyCode, exchangeRate }) =>
      isGiven(settleCurrencyCode) &&
      settleCurrencyCode !== (currencyCode || domestic) &&
      !isGiven(exchangeRate),
  },
  {
    fields: ['txnType', 'origQryId'],
    why: 'a charge gives nothing back, so that it names no original',
    isIn: ({ txnType, origQryId }) => txnType === '01' && isGiven(origQryId),
  },
  {
    fields: ['queryId', 'origQryId'],
    why: 'a refund or cancel has a number of its own',
    isIn: ({ queryId, origQryId }) => isGiven(queryId) && queryId === origQryId,
  },
]

/**
 * Names the first pair that contradicts itself. Only a message that would settle something is
 * looked at; others say nothing final.
 */
export function findContradiction(fields: Fields, treatment: Treatment | null): string | null {
  if (treatment !== 'succeeded' && treatment !== 'failed') return null
  const found = contradictions.find(({ isIn }) => isIn(fields, treatment))
  if (!found) return null
  const [one, other] = found.fields
  return `${one} is ${fields[one] ?? 'missing'} beside ${other} ${fields[other] ?? 'missing'}: ${found.why}`
}
