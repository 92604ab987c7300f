import { t } from '../../shared/language.ts'
import type { LedgerEntry } from '../gateway-state.ts'

/** A break in the format of `/_control/statements/plants`. */
export type Plant = {
  kind: string
  order_id?: string
  amount_fen?: number
  fee_fen?: number
  day?: string
  merchant?: string
}

/** Breaks of one line; `plant` makes one for an entry of the ledger. */
export const line_breaks = (): {
  kind: string
  name: string
  plant(entry: LedgerEntry): Plant
}[] => [
  {
    kind: 'drop',
    name: t('少一行', 'Drop it'),
    plant: ({ order_id }) => ({ kind: 'drop', order_id }),
  },
  {
    kind: 'amount',
    name: t('金额加 1 元', 'One yuan more'),
    plant: ({ order_id, amount_fen }) => ({
      kind: 'amount',
      order_id,
      amount_fen: amount_fen + 100,
    }),
  },
  {
    kind: 'duplicate',
    name: t('写两遍', 'Write it twice'),
    plant: ({ order_id }) => ({ kind: 'duplicate', order_id }),
  },
  {
    kind: 'fee',
    name: t('手续费不对', 'Wrong fee'),
    plant: ({ order_id, amount_fen }) => ({
      kind: 'fee',
      order_id,
      fee_fen: Math.ceil(amount_fen / 10),
    }),
  },
  {
    kind: 'adjustment',
    name: t('进差错文件', 'Adjust it (ZME)'),
    plant: ({ order_id }) => ({ kind: 'adjustment', order_id }),
  },
]

/** Breaks of a whole day's file. */
export const file_breaks = (): { kind: string; name: string }[] => [
  { kind: 'late', name: t('迟迟不来', 'Late') },
  { kind: 'empty', name: t('空文件', 'Empty') },
  { kind: 'malformed', name: t('缺半行', 'Half a line') },
  { kind: 'garbage', name: t('压缩包坏', 'Broken zip') },
  { kind: 'bom', name: t('带 BOM', 'BOM') },
  { kind: 'trimmed', name: t('行尾空格被删', 'Blanks cut off') },
  { kind: 'end_mark', name: t('文件尾 0x1A', 'End mark 0x1A') },
  { kind: 'lower_case', name: t('小写文件名', 'Lower-case name') },
  { kind: 'zme_garbage', name: t('差错文件坏', 'Unreadable ZME') },
]

/** An injected break as readable text. */
export function wordsOf(plant: Plant): string {
  const names = new Map([...line_breaks(), ...file_breaks()].map(({ kind, name }) => [kind, name]))
  const name =
    plant.kind === 'invent'
      ? t('多一行', 'Unknown line')
      : plant.kind === 'other_merchant'
        ? t('别的商户号的一行', 'Another merchant number')
        : (names.get(plant.kind) ?? plant.kind)
  return [name, plant.order_id?.slice(-8) ?? plant.day].filter(Boolean).join(' · ')
}
