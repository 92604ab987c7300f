import { computed } from 'vue'
import { otherLanguage } from './language.ts'
import { zh, type Words } from './zh/index.ts'

const words = computed<Words>(() => otherLanguage() ?? zh)

/** The words of the reader's language; reactive. The first page has `useFirstText` instead, so that its file stays small. */
export const useText = () => words
