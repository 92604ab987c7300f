import { readFileSync } from 'node:fs'
import { createClient, type MerchantClient } from '../../client/client.ts'
import type { Shop } from './shop.ts'
export type { ChargePage, ContractPage, DebitNotice, DebitNoticePage } from '../../client/client.ts'

export type ShopAnswer = { status: number; body: unknown }
type Call = (
  merchant: MerchantClient,
) => Promise<{ data?: unknown; error?: unknown; response: Response }>

/**
 * What the back end of a merchant's app does: calls the merchant server with the published client
 * and its API key, and writes a line in the journal. Never throws.
 */
export async function callMerchant(shop: Shop, call: Call): Promise<ShopAnswer> {
  const started = performance.now()
  let sent: Request | null = null
  const answer = await askMerchant(shop, (merchant) => {
    merchant.use({
      onRequest({ request }) {
        sent = request.clone()
      },
    })
    return call(merchant)
  })
  if (sent !== null) await log(shop, sent, answer, performance.now() - started)
  return answer
}

async function log(shop: Shop, sent: Request, answer: ShopAnswer, duration_ms: number) {
  const { authorization: _secret, ...headers } = Object.fromEntries(sent.headers)
  const body = await sent.text()
  const { method, url } = sent
  shop.log({
    direction: 'out',
    summary: `接入方后台 ${method} ${url.slice(new URL(url).origin.length)} → ${answer.status}`,
    duration_ms,
    request: { method, url, headers, body: body === '' ? undefined : JSON.parse(body) },
    response: answer,
  })
}

/**
 * Without a line in the journal: the shop page looks again every second while something is open.
 * The key file is read at each call, since it may be made after the sandbox started.
 */
export async function askMerchant(shop: Shop, call: Call): Promise<ShopAnswer> {
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
  return call(createClient({ url: origin, key })).then(
    ({ data, error, response }): ShopAnswer => ({ status: response.status, body: data ?? error }),
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
