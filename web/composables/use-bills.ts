import { computed, ref, watch, type ComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { asksForProof } from '../api/personal.ts'
import type { ApiResult, Fault } from '../api/result.ts'
import { server, type BillsPage, type BillsWanted } from '../api/server.ts'
import { layOver, useKeptBills, type KeptBills } from '../stores/bills.ts'
import { useSession } from '../stores/session.ts'
import { useBackoffPolling } from './use-backoff-polling.ts'
import { usePageResume } from './use-page-resume.ts'

/** The bills that are wanted, kept fresh; older pages come with `readOlder`. */
export function useBills(wanted: ComputedRef<BillsWanted>) {
  const { lists } = useKeptBills()
  useSession().know()
  const route = useRoute()
  const router = useRouter()
  const fault = ref<Fault | null>(null)
  const reading = ref(false)
  const key = computed(() => `${wanted.value.contract ?? ''} ${wanted.value.month ?? ''}`)
  const list = computed(() => lists.get(key.value) ?? null)

  async function take<T>(result: ApiResult<T>): Promise<T | null> {
    if (result.ok) {
      fault.value = null
      useSession().proven()
      return result.value
    }
    if (asksForProof(result.fault.code))
      await router.replace({ path: '/sign-in', query: { to: route.fullPath } })
    else fault.value = result.fault
    return null
  }

  type Months = ReturnType<typeof server.billMonths>

  async function keep(
    mine: string,
    page: BillsPage,
    before: KeptBills | undefined,
    asked: Months | null,
  ): Promise<void> {
    // the totals change only when a bill did
    const same = before && JSON.stringify(before.bills) === JSON.stringify(page.bills)
    const read = same ? null : await (asked ?? server.billMonths(wanted.value.contract))
    if (mine === key.value)
      lists.set(mine, { ...page, months: read?.ok ? read.value.months : (before?.months ?? []) })
  }

  async function refresh(): Promise<void> {
    const mine = key.value
    reading.value = true
    // the first time both at once, not one after the other
    const months = lists.has(mine) ? null : server.billMonths(wanted.value.contract)
    const page = await take(await server.bills(wanted.value))
    if (page && mine === key.value)
      await keep(mine, layOver(lists.get(mine), page), lists.get(mine), months)
    reading.value = false
  }

  async function readOlder(): Promise<void> {
    const mine = key.value
    const cursor = list.value?.next_cursor
    if (!cursor || reading.value) return
    reading.value = true
    const page = await take(await server.bills(wanted.value, cursor))
    const now = lists.get(mine)
    if (page && now?.next_cursor === cursor)
      lists.set(mine, {
        ...now,
        bills: [...now.bills, ...page.bills],
        next_cursor: page.next_cursor,
      })
    reading.value = false
  }

  watch(key, () => void refresh(), { immediate: true })
  usePageResume(() => void refresh())
  useBackoffPolling(refresh, () => list.value?.bills)
  return { list, fault, reading, refresh, readOlder }
}
