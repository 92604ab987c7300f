import { onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'
import type { ComingDebitView } from '../../server/api.ts'
import { server } from '../api/server.ts'

/**
 * The coming renewal debits of one contract or of all. Requested in parallel with the page's other
 * requests, and again when the page becomes visible. A page that shows them waits until `loaded` is
 * true, even if the request failed: inserting them later would shift what the payer is about to
 * tap.
 */
export function useComingDebits(contract?: string) {
  const coming = shallowRef<ComingDebitView[]>([])
  const loaded = ref(false)

  async function load(): Promise<void> {
    const result = await server.comingDebits()
    // a visitor without a session has none
    if (result.ok)
      coming.value = result.value.coming_debits.filter(
        (debit) => contract === undefined || debit.contract === contract,
      )
    loaded.value = true
  }

  function onVisibilityChange(): void {
    if (!document.hidden) void load()
  }

  onMounted(() => document.addEventListener('visibilitychange', onVisibilityChange))
  onBeforeUnmount(() => document.removeEventListener('visibilitychange', onVisibilityChange))
  void load()
  return { coming, loaded }
}
