import type { PayerAdvice } from '../../api.ts'

/** What the payer can do about a code that failed (ACP §4.2). What is not here is the merchant's to mend. */
const advice: Partial<Record<PayerAdvice, readonly string[]>> = {
  top_up: ['64', '90'],
  change_card: ['30', '61', '62', '65', '68', '72', '73', '76', '77', '82'],
  ask_bank: ['60', '63', '66', '67', '78', '91'],
  sign_again: ['40', '80', '89'],
  wait: ['01', '02', '06', '39', '69', '99'],
  over_limit: ['33', '38', '81'],
}

const byCode = new Map(
  Object.entries(advice).flatMap(([what, codes]) =>
    codes.map((code) => [code, what as PayerAdvice]),
  ),
)

/** The payer's next step after a payment that failed with this code. */
export const adviseOn = (code: string): PayerAdvice => byCode.get(code) ?? 'ask_merchant'
