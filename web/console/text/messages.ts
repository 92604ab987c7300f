import { computed, ref } from 'vue'
import { storage } from '../../stores/storage.ts'
import { faults as faultsEn } from '../../text/en/faults.ts'
import { faults as faultsZh } from '../../text/zh/faults.ts'
import { en } from './en.ts'
import { zh } from './zh.ts'

const english = ref(storage.get('language') === 'en')
const messages = computed(() => (english.value ? en : zh))
const faults = computed(() => (english.value ? faultsEn : faultsZh))

/** The texts of the console in the operator's language; reactive. */
export const useMessages = () => messages
/** A message for every fault; reactive. */
export const useFaults = () => faults

export function switchLanguage(): void {
  english.value = !english.value
  storage.setPersistent('language', english.value ? 'en' : 'zh')
}
