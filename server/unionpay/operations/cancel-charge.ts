import { refundCharge } from './refund-charge.ts'

/**
 * 消费撤销 31/00: the whole charge, on its clearing day only (ACP §7.1). The same message with the
 * profile's cancel codes.
 */
export const cancelCharge = refundCharge
