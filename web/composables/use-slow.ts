import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

const SLOW_MS = 5_000

/** True once the component that waits has stood for five seconds. */
export function useSlow(): Ref<boolean> {
  const slow = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  onMounted(() => (timer = setTimeout(() => (slow.value = true), SLOW_MS)))
  onBeforeUnmount(() => clearTimeout(timer))
  return slow
}
