import type {
  BillDetailView,
  BillView,
  ChargeDetailView,
  ChargeView,
  RefundView,
} from '../../server/api.ts'
import type { ErrorView } from '../../server/api.ts'
import { createGatewayControl } from './gateway-world.ts'
import { Refused, type Payer } from './payer.ts'
import { until } from './until.ts'
import { plan, startWorld } from './world.ts'

export const retail = '898310148160568'
export const utilities = '898310148160569'

export type Answered<View> = { status: number; view: View }

let numbers = 0
/** A merchant order number, never the same twice. */
export const orderNo = (): string => `SHOP-${process.pid}-${(numbers += 1)}`

/** The merchant's system: charges, refunds and reads with an API key. */
export function createMerchant(url: string, secret: string) {
  const call = async <View>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answered<View>> => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${secret}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const view: unknown = await answer.json()
    if (!answer.ok) throw new Refused(answer.status, view as ErrorView)
    return { status: answer.status, view: view as View }
  }
  const merchant = {
    call,
    /** `key` null sends no Idempotency-Key */
    send: (body: Record<string, unknown>, key: string | null = orderNo()) =>
      call<ChargeView>('POST', '/v1/charges', body, key === null ? {} : { 'idempotency-key': key }),
    charge: async (body: Record<string, unknown>, key?: string) =>
      (await merchant.send(body, key ?? orderNo())).view,
    read: async (order_id: string) =>
      (await call<ChargeDetailView>('GET', `/v1/charges/${order_id}`)).view,
    list: async (query = '') =>
      (
        await call<{ charges: ChargeView[]; next_cursor: string | null }>(
          'GET',
          `/v1/charges${query}`,
        )
      ).view,
    refund: async (order_id: string, amount_fen?: number, key = orderNo()) =>
      (
        await call<RefundView>(
          'POST',
          `/v1/charges/${order_id}/refunds`,
          { description: '退货', ...(amount_fen === undefined ? {} : { amount_fen }) },
          { 'idempotency-key': key },
        )
      ).view,
    cancel: async (order_id: string, key = orderNo()) =>
      (
        await call<RefundView>(
          'POST',
          `/v1/charges/${order_id}/cancel`,
          { description: '撤销' },
          { 'idempotency-key': key },
        )
      ).view,
    settled: (order_id: string) =>
      until(`${order_id} is settled`, async () => {
        const charge = await merchant.read(order_id)
        return charge.state === 'pending' ? null : charge
      }),
    settledRefund: (charge: string, order_id: string) =>
      until(`${order_id} is settled`, async () =>
        (await merchant.read(charge)).refunds.some(
          (refund) => refund.order_id === order_id && refund.state !== 'pending',
        ),
      ),
  }
  return merchant
}

export type ChargingWorld = Awaited<ReturnType<typeof startChargingWorld>>

/**
 * Charges on one contract, as the vending machine does when its door closes; returns the order_id.
 */
export const createPurchases =
  (merchant: ReturnType<typeof createMerchant>, contract: string) =>
  async (amount_fen: number, description: string): Promise<string> => {
    const charge = await merchant.charge({
      merchant_order_no: orderNo(),
      amount_fen,
      description,
      contract,
      merchant_no: retail,
    })
    return charge.order_id
  }

/** The whole product with a merchant's key and a payer who signed the vending machine's plan. */
export async function startChargingWorld(options: Parameters<typeof startWorld>[0] = {}) {
  const world = await startWorld(options)
  const gateway = createGatewayControl(world.sandbox.url)
  const merchant_secret = await world.key(['read', 'charge', 'refund'])
  const merchant = createMerchant(world.url, merchant_secret)
  await world.control.change({ booking_delay_ms: 0 })
  return {
    ...world,
    gateway,
    merchant,
    merchant_secret,
    /** a payer with a fresh contract; `want` builds the body of a charge on it */
    async signed(plan_id: string = plan.vending) {
      const payer = await world.signedIn()
      const signing = await payer.sign(plan_id)
      const contract = signing.contract?.id ?? ''
      const want = (amount_fen = 350, more: Record<string, unknown> = {}) => ({
        merchant_order_no: orderNo(),
        amount_fen,
        description: '乌龙茶 500 毫升',
        contract,
        merchant_no: plan_id === plan.water ? utilities : retail,
        ...more,
      })
      return { payer, contract, want }
    },
    /** charged and paid */
    async paid(amount_fen = 350) {
      const signed = await this.signed()
      const { order_id } = await merchant.charge(signed.want(amount_fen))
      return { ...signed, charge: await merchant.settled(order_id) }
    },
    /** waits until UnionPay has decided an order, whether or not it notifies */
    booked: (order_id: string) =>
      until(`${order_id} is booked`, async () => {
        const order = await gateway.order(order_id)
        return order.state === 'accepted' ? null : order
      }),
  }
}

export const bills = async (
  payer: Payer,
  query = '',
): Promise<{ bills: BillView[]; next_cursor: string | null }> =>
  payer.call('GET', `/api/bills${query}`)
export const bill = (payer: Payer, order_id: string): Promise<BillDetailView> =>
  payer.call('GET', `/api/bills/${order_id}`)

/** The code a promise is refused with. */
export const refusal = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    (value) => `not refused: ${JSON.stringify(value)}`,
    (error: unknown) => (error instanceof Refused ? error.view.code : String(error)),
  )
