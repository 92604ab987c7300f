import { computed, shallowRef } from 'vue'
import { keepLasting, kept } from '../stores/kept.ts'
import { first, type FirstWords } from './zh/first.ts'
import type { Words } from './zh/index.ts'

// Chinese unless the reader chose otherwise: webviews report odd languages, and this is a Chinese service.
// The other language comes as a file of its own, so that nobody waits for words they do not read.
const other = shallowRef<Words | null>(null)

const words = computed<FirstWords>(() => other.value ?? first)

/** The few words of the first page, which come with the first file; reactive. */
export const useFirstText = () => words

/** All words of the language that is not Chinese, while the reader wants it. */
export const otherLanguage = () => other.value

async function readEnglish(): Promise<void> {
  try {
    other.value = (await import('./en/index.ts')).en
  } catch {
    // offline: Chinese stays, and the next press asks again
  }
}

function markPage(): void {
  document.documentElement.lang = other.value === null ? 'zh-CN' : 'en'
}

/** Brings the language that the reader chose before, if any. */
export async function restoreLanguage(): Promise<void> {
  if (kept('language') === 'en') await readEnglish()
  markPage()
}

/** Changes the language of the page and keeps the choice. */
export async function switchLanguage(): Promise<void> {
  if (other.value === null) await readEnglish()
  else other.value = null
  keepLasting('language', other.value === null ? 'zh' : 'en')
  markPage()
}
