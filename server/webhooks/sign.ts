import { createHmac } from 'node:crypto'
import type { RandomBytes } from '../kernel/ids.ts'

/** Standard Webhooks 1.0.0, symmetric signatures. */

export const newSecret = (random: RandomBytes): string => `whsec_${random(32).toString('base64')}`

/**
 * The three headers of a message. `secrets`: the present one first, then one that is being rotated
 * out; each signs.
 */
export function signedHeaders(
  id: string,
  at: Date,
  body: string,
  secrets: readonly string[],
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const sign = (secret: string): string =>
    `v1,${createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
      .update(`${id}.${timestamp}.${body}`, 'utf8')
      .digest('base64')}`
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map(sign).join(' '),
  }
}
