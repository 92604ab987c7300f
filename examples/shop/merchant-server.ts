import { readFileSync } from 'node:fs'
import { createClient, requestOf, type Input, type Operations } from '../../client/client.ts'
export type { ChargePage, ContractPage, DebitNotice, DebitNoticePage } from '../../client/client.ts'
import type { Shop } from './shop.ts'

export type ShopAnswer = { status: number; body: unknown }

/**
 * What the back end of a merchant's app does: calls the merchant server with the published client and its API key. This is
 * the one file that knows the client. Never throws.
 */
export async function callMerchant<Name extends keyof Operations>(
  shop: Shop,
  name: Name,
  input: Input<Name>,
): Promise<ShopAnswer> {
  const started = performance.now()
  const answer = await askMerchant(shop, name, input)
  const { origin } = new URL(shop.server_url)
  const {
    url,
    method,
    headers: { authorization: _secret, ...headers },
    body,
  } = requestOf(origin, '', name, input)
  shop.log({
    direction: 'out',
    summary: `接入方后台 ${method} ${url.slice(origin.length)} → ${answer.status}`,
    duration_ms: performance.now() - started,
    request: { method, url, headers, body: body === undefined ? undefined : JSON.parse(body) },
    response: answer,
  })
  return answer
}

/** Without a line in the log: the shop page looks again every second while something is open. */
export async function askMerchant<Name extends keyof Operations>(
  shop: Shop,
  name: Name,
  input: Input<Name>,
): Promise<ShopAnswer> {
  const key = readKey(shop.key_file)
  if (key === null) {
    return {
      status: 503,
      body: {
        error: 'shop_key_missing',
        message:
          'SANDBOX_SHOP_KEY_FILE names no readable file with an API key of the merchant server.',
      },
    }
  }
  const { origin } = new URL(shop.server_url)
  return createClient({ url: origin, key })
    .send(name, input)
    .then(
      ({ status, body }): ShopAnswer => ({ status, body }),
      (): ShopAnswer => ({
        status: 502,
        body: {
          error: 'merchant_unreachable',
          message: `${origin} gives no usable answer. Is the server running?`,
        },
      }),
    )
}

function readKey(file: string | null): string | null {
  try {
    return file === null ? null : readFileSync(file, 'utf8').trim() || null
  } catch {
    return null
  }
}
