import { ref } from 'vue'
import { acceptHMRUpdate, defineStore } from 'pinia'
import { storage } from './storage.ts'

const SIZE = 'size'

/**
 * 关怀版: larger type and larger targets. The root element carries the choice, and style sheets
 * alone decide what it means.
 */
export const useSize = defineStore('size', () => {
  const large = ref(false)

  function apply(to: boolean): void {
    large.value = to
    if (to) document.documentElement.setAttribute('data-size', 'large')
    else document.documentElement.removeAttribute('data-size')
  }

  const restore = () => apply(storage.get(SIZE) === 'large')

  function toggle(): void {
    apply(!large.value)
    storage.setPersistent(SIZE, large.value ? 'large' : 'standard')
  }

  return { large, restore, toggle }
})

if (import.meta.hot) import.meta.hot.accept(acceptHMRUpdate(useSize, import.meta.hot))
