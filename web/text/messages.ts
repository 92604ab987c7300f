import { computed } from 'vue'
import { englishMessages } from './language.ts'
import { zh, type Messages } from './zh/index.ts'

const messages = computed<Messages>(() => englishMessages() ?? zh)

/**
 * All texts in the reader's language; reactive. The home page uses `useFirstPageMessages` instead,
 * which keeps its file small.
 */
export const useMessages = () => messages
