import { computed, shallowRef } from 'vue'
import { storage } from '../stores/storage.ts'
import { first_page, type FirstPageMessages } from './zh/first-page.ts'
import type { Messages } from './zh/index.ts'

// Chinese unless the reader chose English: web views report odd languages, and this is a Chinese
// service.
// English is a file of its own, so that nobody waits for texts that they do not read.
const english = shallowRef<Messages | null>(null)

const messages = computed<FirstPageMessages>(() => english.value ?? first_page)

/** The texts of the home page, which are part of the first file; reactive. */
export const useFirstPageMessages = () => messages

/** All texts in English while the reader wants it, else null. */
export const englishMessages = () => english.value

async function loadEnglish(): Promise<void> {
  try {
    english.value = (await import('./en/index.ts')).en
  } catch {
    // offline: Chinese stays, and the next tap tries again
  }
}

function markPage(): void {
  document.documentElement.lang = english.value === null ? 'zh-CN' : 'en'
}

/** Loads the language that the reader chose earlier, if any. */
export async function restoreLanguage(): Promise<void> {
  if (storage.get('language') === 'en') await loadEnglish()
  markPage()
}

/** Switches the language of the page and stores the choice. */
export async function switchLanguage(): Promise<void> {
  if (english.value === null) await loadEnglish()
  else english.value = null
  storage.setPersistent('language', english.value === null ? 'zh' : 'en')
  markPage()
}
