import { onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'
import type { ComingDebitView } from '../../server/api.ts'
import { server } from '../api/server.ts'

/**
 * Renewals that will be debited, of one contract or of all: asked with the page's other questions, and again when it is seen again. A page
 * that shows them waits until they are `answered`, however: what comes above something later pushes it away under the thumb.
 */
export function useComingDebits(contract?: string) {
  const coming = shallowRef<ComingDebitView[]>([])
  const answered = ref(false)

  async function look(): Promise<void> {
    const result = await server.comingDebits()
    // a page for somebody who is not signed in has no debits to tell of
    if (result.ok)
      coming.value = result.value.coming_debits.filter(
        (debit) => contract === undefined || debit.contract === contract,
      )
    answered.value = true
  }

  function seenAgain(): void {
    if (!document.hidden) void look()
  }

  onMounted(() => document.addEventListener('visibilitychange', seenAgain))
  onBeforeUnmount(() => document.removeEventListener('visibilitychange', seenAgain))
  void look()
  return { coming, answered }
}
