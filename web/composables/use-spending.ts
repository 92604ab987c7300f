import { shallowRef, watch, type ComputedRef } from 'vue'
import type { BillMonth, BillSummary } from '../../server/api.ts'
import { server, type BillsWanted } from '../api/server.ts'

/** What was spent in the wanted month, or in the newest with a bill: asked beside the bills, and again when a month's total changed. */
export function useSpending(
  wanted: ComputedRef<BillsWanted>,
  months: () => BillMonth[] | undefined,
) {
  const summary = shallowRef<BillSummary | null>(null)
  let turn = 0

  async function look(): Promise<void> {
    const mine = ++turn
    const result = await server.billSummary(wanted.value.month ?? 'newest', wanted.value.contract)
    // without it the bills below still say everything
    if (mine === turn && result.ok) summary.value = result.value
  }

  watch(
    () => [wanted.value.month, wanted.value.contract],
    () => void look(),
    { immediate: true },
  )
  watch(
    () => months() && JSON.stringify(months()),
    (_now, before) => {
      if (before !== undefined) void look()
    },
  )
  return summary
}
