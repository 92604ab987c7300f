import type { KeyObject } from 'node:crypto'
import { plainText } from '../kernel/plain-bytes.ts'
import { asQueries, findCaptured } from './captured/find-captured.ts'
import { onePerSignature } from './captured/one-per-signature.ts'
import { explainNotice, stripAddress, type NoticeExplanation } from './explain-notice.ts'
import { readParameters, readTerminationNotice } from './notice.ts'

export type CapturedNotice = NoticeExplanation & { form: string }

/**
 * Explains each termination notice of a captured file, in whatever form it was captured; at least
 * one.
 */
export function explainNotices(bytes: Buffer, keys: readonly KeyObject[]): CapturedNotice[] {
  const whole = { form: 'query or form body', text: plainText(bytes) }
  const found = findCaptured(bytes).flatMap((one) =>
    asQueries(one).map((text) => ({ form: one.form, text })),
  )
  const fieldsOf = ({ text }: typeof whole) => readParameters(stripAddress(text)).fields
  const notices = onePerSignature([whole, ...found], {
    signatureOf: (one) => fieldsOf(one).signature ?? '',
    isRight: ({ text }) => readTerminationNotice(stripAddress(text), keys).kind === 'valid',
    size: (one) => Object.keys(fieldsOf(one)).filter((name) => /^[A-Za-z]\w*$/.test(name)).length,
  })
  return (notices.length > 0 ? notices : [whole])
    .slice(0, most_explained)
    .map(({ form, text }) => ({ ...explainNotice(text, keys), form }))
}

const most_explained = 50
