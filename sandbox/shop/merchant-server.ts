import { readFileSync } from 'node:fs'
import type { Parts } from '../parts.ts'

export type ShopAnswer = { status: number; body: unknown }

const answerTimeoutMs = 20_000

/**
 * What the back end of a merchant's app does: calls the merchant server with its API key. The key file is read at each
 * call, since it may be made after the sandbox started. Never throws.
 */
export async function callMerchant(parts: Parts, method: 'GET' | 'POST', path: string, body?: unknown, headers: Record<string, string> = {}): Promise<ShopAnswer> {
  const key = path.startsWith('/v1/') ? readKey(parts.settings.shop_key_file) : ''
  if (key === null) {
    return { status: 503, body: { error: 'shop_key_missing', message: 'SANDBOX_SHOP_KEY_FILE names no readable file with an API key of the merchant server.' } }
  }
  const url = new URL(path, parts.settings.shop_server_url)
  const started = performance.now()
  const answer = await request(url, method, key, body, headers)
  parts.journal.add({
    direction: 'out', kind: 'shop', summary: `接入方后台 ${method} ${path} → ${answer.status}`, duration_ms: performance.now() - started,
    request: { method, url: url.href, headers, body }, response: answer,
  })
  return answer
}

async function request(url: URL, method: string, key: string, body: unknown, headers: Record<string, string>): Promise<ShopAnswer> {
  try {
    const answer = await fetch(url, {
      method,
      headers: {
        accept: 'application/json', ...headers, ...(key ? { authorization: `Bearer ${key}` } : {}), ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(answerTimeoutMs),
    })
    const text = await answer.text()
    return { status: answer.status, body: readJson(text) ?? { error: 'not_json', message: text.slice(0, 500) } }
  } catch {
    return { status: 502, body: { error: 'merchant_unreachable', message: `${url.origin} does not answer. Is the server running?` } }
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function readKey(file: string | null): string | null {
  try {
    return file === null ? null : readFileSync(file, 'utf8').trim() || null
  } catch {
    return null
  }
}
