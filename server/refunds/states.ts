/**
 * Kinds of a refund; its states are those of a charge. Imports nothing: the published schemas are
 * made of this list.
 */
export const refund_kinds = ['refund', 'cancel'] as const
export type RefundKind = (typeof refund_kinds)[number]
