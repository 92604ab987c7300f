import { onBeforeUnmount, ref, type Ref } from 'vue'
import { wallet } from './wallet-state.ts'

const shanghai = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', hourCycle: 'h23', ...options })
const hourMinute = shanghai({ hour: '2-digit', minute: '2-digit' })
const whole = shanghai({
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
const second = shanghai({ hour: '2-digit', minute: '2-digit', second: '2-digit' })

export const formatWhole = (ms: number) => whole.format(ms)
export const formatSecond = (iso: string) => second.format(new Date(iso))
export const formatDay = (iso: string) => whole.format(new Date(iso)).slice(0, 16)

/** The sandbox's time, running on between two readings; never this computer's clock. */
export function useSandboxClock(): { now_ms: Ref<number>; hourMinute: () => string } {
  const now_ms = ref(0)
  const tick = () => {
    now_ms.value =
      wallet.clock_ms === 0 ? 0 : wallet.clock_ms + (performance.now() - wallet.read_at_ms)
  }
  tick()
  const timer = setInterval(tick, 500)
  onBeforeUnmount(() => clearInterval(timer))
  return {
    now_ms,
    hourMinute: () => (now_ms.value === 0 ? '--:--' : hourMinute.format(now_ms.value)),
  }
}
