import { computed, ref, watch, type ComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { needsProof } from '../api/personal.ts'
import type { ApiResult, Fault } from '../api/result.ts'
import { server, type BillFilter, type BillsPage } from '../api/server.ts'
import { mergeFirstPage, useBillCache, type CachedBills } from '../stores/bills.ts'
import { useSession } from '../stores/session.ts'
import { useBackoffPolling } from './use-backoff-polling.ts'
import { usePageResume } from './use-page-resume.ts'

/** The bills that match a filter, refreshed by polling; `readOlder` appends older pages. */
export function useBills(filter: ComputedRef<BillFilter>) {
  const { lists } = useBillCache()
  useSession().ensureLoaded()
  const route = useRoute()
  const router = useRouter()
  const fault = ref<Fault | null>(null)
  const reading = ref(false)
  const key = computed(() => `${filter.value.contract ?? ''} ${filter.value.month ?? ''}`)
  const list = computed(() => lists.get(key.value) ?? null)

  async function unwrap<T>(result: ApiResult<T>): Promise<T | null> {
    if (result.ok) {
      fault.value = null
      useSession().allowSilentSignIn()
      return result.value
    }
    if (needsProof(result.fault.code))
      await router.replace({ path: '/sign-in', query: { to: route.fullPath } })
    else fault.value = result.fault
    return null
  }

  type Months = ReturnType<typeof server.billMonths>

  async function store(
    list_key: string,
    page: BillsPage,
    before: CachedBills | undefined,
    requested: Months | null,
  ): Promise<void> {
    // the totals change only when a bill did
    const same = before && JSON.stringify(before.bills) === JSON.stringify(page.bills)
    const read = same ? null : await (requested ?? server.billMonths(filter.value.contract))
    if (list_key === key.value)
      lists.set(list_key, {
        ...page,
        months: read?.ok ? read.value.months : (before?.months ?? []),
      })
  }

  async function refresh(): Promise<void> {
    const list_key = key.value
    reading.value = true
    // the first time, request bills and months in parallel
    const months = lists.has(list_key) ? null : server.billMonths(filter.value.contract)
    const page = await unwrap(await server.bills(filter.value))
    if (page && list_key === key.value)
      await store(list_key, mergeFirstPage(lists.get(list_key), page), lists.get(list_key), months)
    reading.value = false
  }

  async function readOlder(): Promise<void> {
    const list_key = key.value
    const cursor = list.value?.next_cursor
    if (!cursor || reading.value) return
    reading.value = true
    const page = await unwrap(await server.bills(filter.value, cursor))
    const now = lists.get(list_key)
    if (page && now?.next_cursor === cursor)
      lists.set(list_key, {
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
