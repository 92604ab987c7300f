import { setTimeout as wait } from 'node:timers/promises'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import type { FastifyReply } from 'fastify'
import type { RuleEffect } from './rules.ts'

/** Changes that a proxy or firewall between the merchant and UnionPay makes to a true answer. */
export const transitKinds = ['gzip', 'deflate', 'br', 'bom', 'line_ends'] as const
type Packing = 'gzip' | 'deflate' | 'br'

/** The answer after one of `transitKinds`; unchanged for any other effect. */
export function alterInTransit(sent: Sent, kind: string): Sent {
  if (sent.kind !== 'answer') return sent
  if (kind === 'bom') return { ...sent, body: `\ufeff${sent.body}` }
  if (kind === 'line_ends') return { ...sent, body: `${sent.body}\r\n\r\n` }
  return kind === 'gzip' || kind === 'deflate' || kind === 'br' ? { ...sent, packing: kind } : sent
}

/** A captive portal: nothing reaches UnionPay. */
export const redirectPage: Sent = {
  kind: 'answer',
  status: 302,
  type: 'text/html; charset=utf-8',
  body: '',
  location: 'http://portal.example/login',
}

/** The sandbox's response to a request: an HTTP answer, no answer, or a reset connection. */
export type Sent =
  | {
      kind: 'answer'
      status: number
      type: string
      body: string
      packing?: Packing
      location?: string
    }
  | { kind: 'silence' }
  | { kind: 'reset' }

export const htmlPage = (status: number, title: string): Sent => ({
  kind: 'answer',
  status,
  type: 'text/html; charset=utf-8',
  body: `<html>\r\n<head><title>${status} ${title}</title></head>\r\n<body><center><h1>${status} ${title}</h1></center></body>\r\n</html>\r\n`,
})

/**
 * An interface the app has no access to is answered with a page, not with JSON (open platform §1).
 */
export const notFoundPage = htmlPage(404, 'Not Found')

export const json = (value: unknown): Sent => ({
  kind: 'answer',
  status: 200,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
})

/**
 * Applies a fault around `work`, which does the real work and returns its answer. Faults before the
 * work leave the state unchanged: a refusing code, a page, a reset or silence "before". With all
 * others the work is done, and the caller cannot tell.
 */
export async function play(
  effect: RuleEffect,
  refuse: (resp: string, msg?: string) => unknown,
  work: () => unknown,
): Promise<Sent> {
  switch (effect.kind) {
    case 'resp':
      return json(refuse(effect.resp ?? 'SG99', effect.msg))
    case 'not_found':
      return notFoundPage
    case 'html':
      return htmlPage(effect.status ?? 502, 'Bad Gateway')
    case 'redirect':
      return redirectPage
    case 'html_after':
      work()
      return htmlPage(effect.status ?? 200, '系统维护')
    case 'timeout_before':
      return { kind: 'silence' }
    case 'reset_before':
      return { kind: 'reset' }
    case 'timeout_after':
      work()
      return { kind: 'silence' }
    case 'reset_after':
      work()
      return { kind: 'reset' }
    case 'garbage': {
      const whole = JSON.stringify(work())
      return {
        kind: 'answer',
        status: 200,
        type: 'application/json; charset=utf-8',
        body: whole.slice(0, Math.ceil(whole.length / 2)),
      }
    }
    case 'empty':
      work()
      return { kind: 'answer', status: 200, type: 'application/json; charset=utf-8', body: '' }
    case 'delay':
      await wait(effect.ms ?? 0, undefined, { ref: false })
      return json(work())
    default:
      return alterInTransit(json(work()), effect.kind)
  }
}

const packers: Record<Packing, (text: string) => Buffer> = {
  gzip: gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
}

const silenceEndsAfterMs = 60_000

/** Sends `sent`: an answer, a reset connection, or nothing for a minute. */
export function send(reply: FastifyReply, sent: Sent): FastifyReply {
  if (sent.kind === 'answer') {
    if (sent.location) void reply.header('location', sent.location)
    void reply.code(sent.status).type(sent.type)
    if (!sent.packing) return reply.send(sent.body)
    return reply.header('content-encoding', sent.packing).send(packers[sent.packing](sent.body))
  }
  reply.hijack()
  const socket = reply.raw.socket
  if (sent.kind === 'reset') socket?.resetAndDestroy()
  else setTimeout(() => socket?.destroy(), silenceEndsAfterMs).unref()
  return reply
}
