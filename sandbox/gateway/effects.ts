import { setTimeout as wait } from 'node:timers/promises'
import {
  htmlPage,
  notFoundPage,
  alterInTransit,
  redirectPage,
  type Sent,
} from '../open-platform/effects.ts'
import type { Parts } from '../parts.ts'
import type { SignerKind } from '../pki/pki.ts'
import type { SignedKind } from '../signed-messages.ts'
import { writeAnswer, type Message } from './message.ts'
import { result, type Result } from './result.ts'
import type { GatewayEffect } from './rules.ts'
import { signMessage } from './sign-message.ts'

/** The gateway's answer before it is signed, with the fields added to the echo. */
export type Saying = Result & { fields: Message }
export type Work = () => Saying | Promise<Saying>

const signers: Partial<Record<GatewayEffect['kind'], SignerKind>> = {
  foreign_certificate: 'foreign',
  expired_certificate: 'expired',
  wrong_owner: 'wrong-owner',
}

/**
 * Applies an effect around `work`. The "before" faults and `resp` leave the state unchanged; with
 * all others the work is done, and the answer is missing or cannot be trusted.
 */
export async function play(
  parts: Parts,
  effect: GatewayEffect | null,
  echo: Message,
  work: Work,
): Promise<Sent> {
  const kind = effect?.kind ?? 'plain'
  const latency_ms = kind === 'delay' ? (effect?.ms ?? 0) : parts.switches.read().gateway_latency_ms
  if (latency_ms > 0) await wait(latency_ms, undefined, { ref: false })
  switch (kind) {
    case 'not_found':
      return notFoundPage
    case 'html':
      return htmlPage(effect?.status ?? 502, 'Bad Gateway')
    case 'redirect':
      return redirectPage
    case 'timeout_before':
      return { kind: 'silence' }
    case 'reset_before':
      return { kind: 'reset' }
    case 'resp':
      return answer(sealSaying(parts, echo, { ...refusalOf(effect), fields: {} }, effect))
  }
  const sealed = sealSaying(parts, echo, await work(), effect)
  switch (kind) {
    case 'timeout_after':
      return { kind: 'silence' }
    case 'reset_after':
      return { kind: 'reset' }
    case 'html_after':
      return htmlPage(effect?.status ?? 200, '系统维护')
    case 'empty':
      return text('')
    case 'garbage':
      return text(writeAnswer(sealed).slice(0, Math.ceil(writeAnswer(sealed).length / 2)))
    default:
      return alterInTransit(answer(tamper(sealed, kind)), kind)
  }
}

const refusalOf = (effect: GatewayEffect | null): Result => {
  const code = effect?.resp ?? '99'
  return effect?.msg === undefined
    ? result(code, '沙箱规则')
    : { resp_code: code, resp_msg: effect.msg }
}

/** By the txnType of the request. */
const answerKinds: Readonly<Record<string, SignedKind>> = {
  '00': 'query_answer',
  '76': 'file_answer',
  '95': 'certificate_answer',
}

/** The signed answer: the echo of the request, the fields of the work, respCode and respMsg. */
export function sealSaying(
  parts: Parts,
  echo: Message,
  { resp_code, resp_msg, fields }: Saying,
  effect: GatewayEffect | null = null,
): Message {
  const { gateway_version, message_brackets, signature_padding } = parts.switches.read()
  const respMsg =
    message_brackets === 'ascii' ? resp_msg : resp_msg.replace('[', '［').replace(']', '］')
  const other =
    effect?.kind === 'other_order' ? { orderId: `OTHER${(echo.orderId ?? '').slice(5)}` } : {}
  const unsigned = {
    ...echo,
    ...fields,
    ...other,
    respCode: effect?.answer ?? resp_code,
    respMsg,
    ...effect?.alter,
  }
  const signer = signers[effect?.kind ?? 'plain'] ?? 'unionpay'
  const padded = signMessage(parts.pki, unsigned, { version: gateway_version, signer })
  const sealed = signature_padding
    ? padded
    : { ...padded, signature: (padded.signature ?? '').replace(/=+$/, '') }
  if (signer === 'unionpay')
    parts.signed_messages.addOfGateway(answerKinds[echo.txnType ?? ''] ?? 'answer', sealed)
  return sealed
}

/** Changes a message after it was signed. */
function tamper(sealed: Message, kind: GatewayEffect['kind']): Message {
  if (kind === 'no_signature')
    return Object.fromEntries(Object.entries(sealed).filter(([name]) => name !== 'signature'))
  if (kind === 'wrong_signature') {
    const { signature = '' } = sealed
    return { ...sealed, signature: `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}` }
  }
  return kind === 'tampered_amount' ? { ...sealed, txnAmt: `${sealed.txnAmt ?? ''}0` } : sealed
}

const text = (body: string): Sent => ({
  kind: 'answer',
  status: 200,
  type: 'text/plain; charset=utf-8',
  body,
})
const answer = (message: Message): Sent => text(writeAnswer(message))
