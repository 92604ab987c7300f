import { ref } from 'vue'
import { acceptHMRUpdate, defineStore } from 'pinia'
import { keepLasting, kept } from './kept.ts'

const SIZE = 'size'

/** 关怀版: larger type and targets, fewer things. The page's root says which, so that style sheets alone decide what that means. */
export const useSize = defineStore('size', () => {
  const large = ref(false)

  function apply(to: boolean): void {
    large.value = to
    if (to) document.documentElement.setAttribute('data-size', 'large')
    else document.documentElement.removeAttribute('data-size')
  }

  const restore = () => apply(kept(SIZE) === 'large')

  function change(): void {
    apply(!large.value)
    keepLasting(SIZE, large.value ? 'large' : 'standard')
  }

  return { large, restore, change }
})

if (import.meta.hot) import.meta.hot.accept(acceptHMRUpdate(useSize, import.meta.hot))
