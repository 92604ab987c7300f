import { watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useWallet } from '../stores/wallet.ts'

/**
 * Makes the back key close the second window. The page behind the result is UnionPay's used one
 * there, so the result is pushed to the history a second time as soon as it `isShown`. Going back
 * to the first entry then closes the window; where the wallet does not close it, the result stays.
 */
export function useSecondWindow(isShown: () => boolean): void {
  const route = useRoute()
  const router = useRouter()
  const wallet = useWallet()
  const path = route.path
  if (route.query['window'] !== 'second') return

  const pushAgain = () => void router.push({ path, query: { window: 'second', over: '1' } })

  watch(
    isShown,
    (shown) => {
      if (shown && route.query['over'] === undefined) pushAgain()
    },
    { immediate: true },
  )
  watch(
    () => route.path === path && route.query['over'],
    (over, before) => {
      if (before !== '1' || over !== undefined) return
      pushAgain()
      void wallet.closeWindow()
    },
  )
}
