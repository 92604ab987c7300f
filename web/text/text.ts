import { computed, ref } from 'vue'
import { keepLasting, kept } from '../stores/kept.ts'
import { en } from './en/index.ts'
import { zh, type Words } from './zh/index.ts'

export type Language = 'zh' | 'en'

// Chinese unless the reader chose otherwise: webviews report odd languages, and this is a Chinese service.
const language = ref<Language>(kept('language') === 'en' ? 'en' : 'zh')

const words = computed<Words>(() => (language.value === 'en' ? en : zh))

/** The words of the reader's language; reactive. */
export const useText = () => words

export const currentLanguage = () => language.value

/** Changes the language of the page and keeps the choice. */
export function switchLanguage(): void {
  language.value = language.value === 'zh' ? 'en' : 'zh'
  keepLasting('language', language.value)
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en'
}
