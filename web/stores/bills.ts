import { shallowReactive } from 'vue'
import type { BillMonth, BillView } from '../../server/api.ts'
import type { BillsPage } from '../api/server.ts'
import { acceptHMRUpdate, defineStore } from 'pinia'

export type CachedBills = { bills: BillView[]; next_cursor: string | null; months: BillMonth[] }

/**
 * The bills that were read, cached while the page lives: going back from a bill shows the list as
 * it was.
 */
export const useBillCache = defineStore('bills', () => ({
  lists: shallowReactive(new Map<string, CachedBills>()),
}))

/** Merges a fresh first page into the cached list: new bills come first, older pages stay. */
export function mergeFirstPage(cached: BillsPage | undefined, fresh: BillsPage): BillsPage {
  const last = fresh.bills[fresh.bills.length - 1]
  const at =
    cached && last && fresh.next_cursor !== null
      ? cached.bills.findIndex(({ order_id }) => order_id === last.order_id)
      : -1
  // more new bills than one page holds: start over rather than leave a gap
  if (!cached || at === -1) return fresh
  return { bills: [...fresh.bills, ...cached.bills.slice(at + 1)], next_cursor: cached.next_cursor }
}

if (import.meta.hot) import.meta.hot.accept(acceptHMRUpdate(useBillCache, import.meta.hot))
