import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Shop } from './shop.ts'

export type HeardWebhook = { id: string; at: string; repeats: number; type: string; data: unknown }

const most_heard = 50
const tolerance_s = 300

/**
 * What the shop's back end heard from the merchant server, newest first, each event once however
 * often it came.
 */
export type ShopWebhooks = {
  secret(): string | null
  keepSecret(secret: string): void
  /** Whether it is the merchant server's, by the shop's own reading of Standard Webhooks. */
  verify(headers: Record<string, string | string[] | undefined>, body: string): boolean
  hear(id: string, body: { type: string; data: unknown }): void
  heard(): HeardWebhook[]
}

export function createShopWebhooks({ values, clock }: Shop): ShopWebhooks {
  const heard = (): HeardWebhook[] =>
    JSON.parse(values.read('shop_webhooks') ?? '[]') as HeardWebhook[]
  const secret = (): string | null => values.read('shop_webhook_secret')
  return {
    secret,
    heard,
    keepSecret: (fresh) => values.write('shop_webhook_secret', fresh),
    verify(headers, body) {
      const kept = secret()
      const [id, timestamp, signatures] = [
        'webhook-id',
        'webhook-timestamp',
        'webhook-signature',
      ].map((name) => String(headers[name] ?? ''))
      // the sender signs by real time, whatever the shop's clock says
      const age_s = Math.abs(clock.realMs() / 1_000 - Number(timestamp))
      if (kept === null || !(age_s <= tolerance_s)) return false
      const wanted = createHmac('sha256', Buffer.from(kept.slice('whsec_'.length), 'base64'))
        .update(`${id}.${timestamp}.${body}`)
        .digest()
      return String(signatures)
        .split(' ')
        .some((one) => {
          const given = Buffer.from(one.replace(/^v1,/, ''), 'base64')
          return (
            one.startsWith('v1,') &&
            given.length === wanted.length &&
            timingSafeEqual(given, wanted)
          )
        })
    },
    hear(id, { type, data }) {
      const before = heard()
      const known = before.find((one) => one.id === id)
      const others = before.filter((one) => one.id !== id)
      const entry = {
        id,
        at: clock.now().toISOString(),
        repeats: known ? known.repeats + 1 : 0,
        type,
        data,
      }
      values.write('shop_webhooks', JSON.stringify([entry, ...others].slice(0, most_heard)))
    },
  }
}
