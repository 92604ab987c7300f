import { shallowRef, watch, type ComputedRef } from 'vue'
import type { BillMonth, BillSummary } from '../../server/api.ts'
import { server, type BillFilter } from '../api/server.ts'

/**
 * The spending of the filtered month, or of the newest month with a bill. Requested in parallel
 * with the bills, and again when a month's total changes.
 */
export function useSpending(
  filter: ComputedRef<BillFilter>,
  months: () => BillMonth[] | undefined,
) {
  const summary = shallowRef<BillSummary | null>(null)
  let latest = 0

  async function load(): Promise<void> {
    const current = ++latest
    const result = await server.billSummary(filter.value.month ?? 'newest', filter.value.contract)
    // on a fault the chart is missing, but the bills below are complete
    if (current === latest && result.ok) summary.value = result.value
  }

  watch(
    () => [filter.value.month, filter.value.contract],
    () => void load(),
    { immediate: true },
  )
  watch(
    () => months() && JSON.stringify(months()),
    (_now, before) => {
      if (before !== undefined) void load()
    },
  )
  return summary
}
