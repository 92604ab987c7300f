import type { NoticeChannel } from '../api.ts'

/** The notice a payer got before a debit. Amounts in fen, days are Shanghai days. */
export type DebitNotice = {
  id: string
  contract_ref: string
  kind: 'renewal' | 'price_change'
  amount_fen: number
  previous_amount_fen: number | null
  debit_on: string
  description: string
  way_to_cancel: string
  announced_at: Date
  announced_by: string
  withdrawn_at: Date | null
}

export type Delivery = { channel: NoticeChannel; proof: string | null; delivered_at: Date }

/** Channels the merchant reports; `mini_app` is written by the page itself. */
export const merchant_channels = [
  'sms',
  'push',
  'mail',
  'letter',
  'other',
] as const satisfies readonly NoticeChannel[]

const day_ms = 86_400_000

/**
 * The first day that may still be announced today: `notice_days` lie between telling and debiting.
 */
export const earliestDebit = (today: string, notice_days: number): string =>
  new Date(Date.parse(today) + notice_days * day_ms).toISOString().slice(0, 10)

/** Whether the text is a day of the calendar, `YYYY-MM-DD`. */
export const isDay = (text: string): boolean =>
  !Number.isNaN(Date.parse(text)) && new Date(Date.parse(text)).toISOString().slice(0, 10) === text

/** A debit of another amount than the last is announced as a change of price. */
export const kindOf = (amount_fen: number, last_amount_fen: number | null): DebitNotice['kind'] =>
  last_amount_fen !== null && last_amount_fen !== amount_fen ? 'price_change' : 'renewal'
