import type { Journal } from '../journal.ts'

export type Delivery = { status: number | null; body: string; duration_ms: number }

const answerTimeoutMs = 10_000
const maxAnswer = 16_384

/**
 * Sends an encoded notice to the merchant's address. Never throws: no answer and a refused
 * connection give a null status.
 */
export async function deliver(
  journal: Journal,
  url: string,
  transport: 'get' | 'form',
  encoded: string | Buffer,
  summary: string,
  { user_id, signal }: { user_id?: string; signal?: AbortSignal } = {},
): Promise<Delivery> {
  const started = performance.now()
  const address =
    transport === 'get' ? `${url}${url.includes('?') ? '&' : '?'}${encoded.toString()}` : url
  const limit = AbortSignal.timeout(answerTimeoutMs)
  const ends = signal ? AbortSignal.any([signal, limit]) : limit
  const delivery = await request(
    address,
    transport === 'get'
      ? { method: 'GET', signal: ends }
      : {
          method: 'POST',
          signal: ends,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: typeof encoded === 'string' ? encoded : new Uint8Array(encoded),
        },
  )
  const duration_ms = performance.now() - started
  journal.add({
    direction: 'out',
    kind: 'notice',
    ...(user_id ? { user_id } : {}),
    duration_ms,
    summary: `${summary} → ${delivery.status === null ? delivery.body : `HTTP ${delivery.status}`}`,
    request: {
      method: transport === 'get' ? 'GET' : 'POST',
      url: address,
      ...(transport === 'form'
        ? { body: typeof encoded === 'string' ? encoded : new Uint8Array(encoded) }
        : {}),
    },
    response: delivery.status === null ? null : { status: delivery.status, body: delivery.body },
  })
  return { ...delivery, duration_ms }
}

async function request(
  address: string,
  init: RequestInit,
): Promise<{ status: number | null; body: string }> {
  try {
    const answer = await fetch(address, { ...init, redirect: 'manual' })
    return { status: answer.status, body: (await answer.text()).slice(0, maxAnswer) }
  } catch (error) {
    const cause =
      error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
    return { status: null, body: `not delivered: ${cause}` }
  }
}

/** Only `{"resp":"00"}` with HTTP 200 acknowledges (open platform §6.1). */
export function isAcknowledged(delivery: Delivery): boolean {
  if (delivery.status !== 200) return false
  try {
    return (JSON.parse(delivery.body) as { resp?: unknown } | null)?.resp === '00'
  } catch {
    return false
  }
}
