import { watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useWallet } from '../stores/wallet.ts'

/**
 * In the second window the page behind the result is UnionPay's, used up. So the result stands there twice as soon as it is `shown`, and
 * the back key, which takes the upper one away, closes the window instead of opening the used page. Where the wallet does not close it,
 * the result stays.
 */
export function useSecondWindow(shown: () => boolean): void {
  const route = useRoute()
  const router = useRouter()
  const wallet = useWallet()
  const path = route.path
  if (route.query['window'] !== 'second') return

  const layOver = () => void router.push({ path, query: { window: 'second', over: '1' } })

  watch(
    shown,
    (now) => {
      if (now && route.query['over'] === undefined) layOver()
    },
    { immediate: true },
  )
  watch(
    () => route.path === path && route.query['over'],
    (over, before) => {
      if (before !== '1' || over !== undefined) return
      layOver()
      void wallet.closeWindow()
    },
  )
}
