import { readDirect, type Direct, type GatewayOperation } from '../gateway/operation.ts'
import type { Codes } from '../gateway/profile/charge-profile.ts'
import { expectedOf, orderFields, type Order } from './charge.ts'

/**
 * The charge that is refunded: by its queryId where it is known, else by order number and time (ACP
 * §7.1).
 */
export type Original = { query_id: string | null; order_id: string; txn_time: string }

/**
 * An order of its own with its own number and time. `codes` are those of the profile the charge was
 * made with.
 */
export type GiveBackInput = Order & { codes: Codes; original: Original }

/** 退货 04/00: part of a charge or all of it; its 00 means accepted (ACP §7.1). */
export const refundCharge: GatewayOperation<GiveBackInput, Direct> = {
  path: () => '/gateway/api/backTransReq.do',
  fields(input) {
    const { txnType, txnSubType, bizType, channelType } = input.codes
    return {
      kind: 'rendered',
      fields: {
        txnType,
        txnSubType,
        bizType,
        channelType,
        ...orderFields(input),
        ...originalFields(input.original),
      },
    }
  },
  read: (answer, input) => readDirect(answer, expectedOf(input, input.codes.txnType)),
}

const originalFields = (original: Original): Record<string, string> =>
  original.query_id === null
    ? { origOrderId: original.order_id, origTxnTime: original.txn_time }
    : { origQryId: original.query_id }
