import { readDirect, type Direct, type GatewayOperation } from '../gateway/operation.ts'
import type { ChargeProfile } from '../gateway/profile/charge-profile.ts'
import { renderCharge, type ChargeValues } from '../gateway/profile/render-charge.ts'

/**
 * What every money transaction says of itself. `amount_fen`: whole fen; `txn_time`: see txnTimeOf.
 */
export type Order = {
  merchant: string
  order_id: string
  txn_time: string
  amount_fen: number
  back_url: string
  req_reserved?: string | null
}

export type ChargeInput = Order & {
  profile: ChargeProfile
  values: ChargeValues
  order_desc?: string | null
}

export const orderFields = (order: Order): Record<string, string | null> => ({
  merId: order.merchant,
  orderId: order.order_id,
  txnTime: order.txn_time,
  txnAmt: String(order.amount_fen),
  currencyCode: '156',
  backUrl: order.back_url,
  reqReserved: order.req_reserved ?? null,
})

/**
 * 扣款: charges by contract number. What it says is the profile's (ACP §3.3); code adds the order.
 */
export const charge: GatewayOperation<ChargeInput, Direct> = {
  path: ({ profile }) => profile.path,
  fields(input) {
    const { txnType, txnSubType, bizType, channelType } = input.profile
    const rendered = renderCharge(input.profile, input.values)
    if (rendered.kind === 'refused') return rendered
    const fields = {
      orderDesc: input.order_desc ?? null,
      ...orderFields(input),
      ...rendered.fields,
      txnType,
      txnSubType,
      bizType,
      channelType,
    }
    return { kind: 'rendered', fields }
  },
  read: (answer, input) => readDirect(answer, expectedOf(input, input.profile.txnType)),
}

/** What any message about the order must say (see findMismatches). */
export const expectedOf = (
  { merchant, order_id, txn_time, amount_fen }: Omit<Order, 'back_url'>,
  txnType: string,
) => ({
  merId: merchant,
  orderId: order_id,
  txnTime: txn_time,
  txnType,
  txnAmt: String(amount_fen),
  currencyCode: '156',
})
