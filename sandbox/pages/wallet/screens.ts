import { computed, ref } from 'vue'

/** The wallet's own native screens. */
export type Screen =
  | { name: 'home' | 'mine' | 'settings' | 'payment' | 'contracts' }
  | { name: 'contract'; contract_id: string }

const stack = ref<Screen[]>([{ name: 'home' }])
export const screen = computed<Screen>(
  () => stack.value[stack.value.length - 1] ?? { name: 'home' },
)
export const atRoot = computed(() => stack.value.length === 1)

export const show = (next: Screen) => {
  stack.value.push(next)
}
export const showRoot = (name: 'home' | 'mine') => {
  stack.value = [{ name }]
}
export const leave = () => {
  if (stack.value.length > 1) stack.value.pop()
}

/** The hint on the home screen is shown until the merchant's tile has been used once. */
export const hintSeen = ref(false)
