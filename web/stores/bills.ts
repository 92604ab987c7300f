import { shallowReactive } from 'vue'
import type { BillMonth, BillView } from '../../server/api.ts'
import type { BillsPage } from '../api/server.ts'
import { acceptHMRUpdate, defineStore } from 'pinia'

export type KeptBills = { bills: BillView[]; next_cursor: string | null; months: BillMonth[] }

/** The bills that were read, kept while the page lives: who comes back from one finds the list as it was. */
export const useKeptBills = defineStore('bills', () => ({
  lists: shallowReactive(new Map<string, KeptBills>()),
}))

/** A first page read again, laid over what is shown: new ones in front, older ones stay. */
export function layOver(kept: BillsPage | undefined, fresh: BillsPage): BillsPage {
  const last = fresh.bills[fresh.bills.length - 1]
  const at =
    kept && last && fresh.next_cursor !== null
      ? kept.bills.findIndex(({ order_id }) => order_id === last.order_id)
      : -1
  // more arrived than one page holds: begin anew rather than leave a gap
  if (!kept || at === -1) return fresh
  return { bills: [...fresh.bills, ...kept.bills.slice(at + 1)], next_cursor: kept.next_cursor }
}

if (import.meta.hot) import.meta.hot.accept(acceptHMRUpdate(useKeptBills, import.meta.hot))
