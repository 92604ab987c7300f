import { computed, ref } from 'vue'
import { keepLasting, kept } from '../../stores/kept.ts'
import { faults as faultsEn } from '../../text/en/faults.ts'
import { faults as faultsZh } from '../../text/zh/faults.ts'
import { en } from './en.ts'
import { zh } from './zh.ts'

const english = ref(kept('language') === 'en')
const words = computed(() => (english.value ? en : zh))
const faults = computed(() => (english.value ? faultsEn : faultsZh))

/** The words of the operator's language; reactive. */
export const useWords = () => words
/** Sentences for everything that can go wrong. */
export const useFaults = () => faults

export function switchLanguage(): void {
  english.value = !english.value
  keepLasting('language', english.value ? 'en' : 'zh')
}
