import type { FastifyInstance } from 'fastify'
import { nativeAppRoutes } from '../examples/shop/native-app-routes.ts'
import { shopRoutes } from '../examples/shop/routes.ts'
import type { Shop } from '../examples/shop/shop.ts'
import { shopWebhookRoutes } from '../examples/shop/webhook-routes.ts'
import type { Parts } from './parts.ts'
import { whoseWallet } from './wallet/whose-wallet.ts'

const followed_within_ms = 30_000

/**
 * The example shop on the addresses of this program, so that one start brings it along. It knows
 * nothing of the sandbox but what is named here.
 */
export async function mountShop(app: FastifyInstance, parts: Parts): Promise<void> {
  const { settings, clock, contracts, journal, values } = parts
  const shop: Shop = {
    server_url: settings.shop_server_url,
    key_file: settings.shop_key_file,
    findAgreement: (request, plan_id) =>
      contracts.currentOf(whoseWallet(parts, request).open_id, plan_id),
    clock: {
      now: clock.now,
      realMs: () => clock.nowMs() - clock.offsetMs(),
      untilServerFollows: () => serverFollows(parts),
    },
    values,
    log: (entry) => void journal.add({ ...entry, kind: 'shop' }),
  }
  await nativeAppRoutes(app, shop)
  await shopRoutes(app, shop)
  await app.register(async (scope) => shopWebhookRoutes(scope, shop))
}

/**
 * Until the merchant server has taken over this clock: once it reads a second time, what it read
 * first holds. One that never read it has a clock of its own.
 */
async function serverFollows({ clock }: Parts): Promise<void> {
  const before = clock.timesRead()
  if (before === 0) return
  for (let waited = 0; waited < followed_within_ms && clock.timesRead() < before + 2; waited += 50)
    await new Promise((resolve) => setTimeout(resolve, 50))
}
