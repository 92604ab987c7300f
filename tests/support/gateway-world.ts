import { join } from 'node:path'
import type { Replay, ReplayAnswer } from '../../sandbox/control/signed-message-routes.ts'
import type { LedgerEntry } from '../../sandbox/gateway/ledger.ts'
import type { PaymentNotice } from '../../sandbox/gateway/payment-notices.ts'
import type { PortalRefund } from '../../sandbox/gateway/portal-refund.ts'
import type { PaymentProbe, ProbeAnswer } from '../../sandbox/gateway/probe.ts'
import type { GatewayRule, GatewayRuleView } from '../../sandbox/gateway/rules.ts'
import type { gatewayView, orderView } from '../../sandbox/gateway/views.ts'
import type { Settings } from '../../sandbox/settings.ts'
import type { SignedMessage } from '../../sandbox/signed-messages.ts'
import { createGatewayCaller, type Sent } from './gateway-caller.ts'
import { createVerifier, splitForm } from './gateway-verifier.ts'
import { startNoticeReceiver } from './notice-receiver.ts'
import { createCaller, retailPlan } from './open-platform-caller.ts'
import { startSandbox } from './sandbox.ts'
import { until } from './until.ts'

/** The gateway's part of a running sandbox's control API, typed. */
export function createGatewayControl(url: string) {
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${url}/_control${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    const value = (await answer.json()) as T & { message?: string }
    if (!answer.ok)
      throw new Error(`${method} ${path}: HTTP ${answer.status} ${value.message ?? ''}`)
    return value
  }
  return {
    ledger: async () => (await call<{ entries: LedgerEntry[] }>('GET', '/ledger')).entries,
    view: () => call<ReturnType<typeof gatewayView>>('GET', '/gateway'),
    order: (order_id: string) =>
      call<ReturnType<typeof orderView>>('GET', `/gateway/orders/${order_id}`),
    notices: async () =>
      (await call<{ notices: PaymentNotice[] }>('GET', '/gateway/notifications')).notices,
    probe: (probe: PaymentProbe) => call<ProbeAnswer>('POST', '/gateway/notifications', probe),
    rules: async () => (await call<{ rules: GatewayRuleView[] }>('GET', '/gateway/rules')).rules,
    addRule: async (rule: GatewayRule) =>
      (await call<{ id: string }>('POST', '/gateway/rules', rule)).id,
    /** All signed messages about an order, newest first. */
    messages: async (order_id: string) =>
      (
        await call<{ messages: Omit<SignedMessage, 'form'>[] }>(
          'GET',
          `/messages?order_id=${order_id}`,
        )
      ).messages,
    portalRefund: (body: PortalRefund) =>
      call<ReturnType<typeof orderView>>('POST', '/gateway/portal-refunds', body),
    replay: (body: Replay) =>
      call<{ sent: string; answers: ReplayAnswer[] }>('POST', '/messages/replay', body),
    forgive: (merchant: string) => call('DELETE', `/gateway/offenders/${merchant}`),
  }
}

/**
 * A sandbox with a merchant, their notification address, and a wallet user who signed the vending
 * machine's plan.
 */
export async function startGatewayWorld(options: Partial<Settings> = {}) {
  const sandbox = await startSandbox(options)
  const { control } = sandbox
  const gateway = createGatewayControl(sandbox.url)
  const shop = await startNoticeReceiver()
  const platform = createCaller(sandbox.url, control)
  const merchant = await createGatewayCaller(
    sandbox.url,
    sandbox.settings.data_dir,
    control,
    shop.url,
  )
  const settled = ({ fields }: Pick<Sent, 'fields'>) =>
    until(`${fields.orderId} is settled`, async () => {
      const order = await gateway.order(fields.orderId ?? '')
      return order.state === 'accepted' ? null : order
    })
  const world = {
    settled,
    sandbox,
    control,
    gateway,
    shop,
    merchant,
    verify: createVerifier(join(sandbox.settings.data_dir, 'acp')),
    contract_id: '',
    sign: async (plan_id: string, user_id = 'wallet-1') =>
      (await platform.sign(user_id, plan_id)).contract_id,
    /** Resets everything, clock included; a fresh contract, booking without delay. */
    async begin(): Promise<void> {
      await control.reset({ clock: true })
      await control.change({ booking_delay_ms: 0 })
      shop.received.length = 0
      shop.answer(200, 'ok')
      await platform.refresh()
      world.contract_id = await world.sign(retailPlan)
    },
    /** A paid charge, with the gateway's data about it. */
    async paid(amount_fen = 350, contract_id?: string) {
      const sent = await merchant.charge(contract_id ?? world.contract_id, amount_fen)
      return { ...sent, order: await settled(sent), queryId: sent.answer.queryId ?? '' }
    },
    notified: (count = 1) =>
      until(`${count} notifications arrived`, () =>
        shop.received.length >= count ? shop.received.map((one) => splitForm(one.raw)) : null,
      ),
    noticed: (attempts: number) =>
      until(`${attempts} attempts are noted`, async () => {
        const [notice] = await gateway.notices()
        return notice && notice.attempts.length >= attempts ? notice : null
      }),
    async stop() {
      await sandbox.stop()
      await shop.stop()
    },
  }
  return world
}

export type GatewayWorld = Awaited<ReturnType<typeof startGatewayWorld>>
