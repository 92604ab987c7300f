import { ref, watch } from 'vue'

export type Language = 'zh' | 'en'

const storage_key = 'sandbox-language'

function initialLanguage(): Language {
  const asked =
    new URLSearchParams(location.search).get('lang') ?? localStorage.getItem(storage_key) ?? 'zh'
  return asked.startsWith('en') ? 'en' : 'zh'
}

/**
 * The language of the workbench around the phone. The phone itself shows UnionPay's and the
 * merchant's own texts.
 */
export const language = ref<Language>(initialLanguage())

watch(
  language,
  (now) => {
    localStorage.setItem(storage_key, now)
    document.documentElement.lang = now === 'zh' ? 'zh-CN' : 'en'
  },
  { immediate: true },
)

/** One sentence of the workbench in both languages, side by side where it is used. */
export const t = (zh: string, en: string): string => (language.value === 'zh' ? zh : en)

/** Formats fen as yuan: 3.50. */
export const yuan = (fen: number): string => (fen / 100).toFixed(2)
export const money = (fen: number): string => t(`${yuan(fen)} 元`, `¥${yuan(fen)}`)
