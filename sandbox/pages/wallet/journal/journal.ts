import { computed, reactive } from 'vue'
import { read } from '../../request.ts'
import { t } from '../../shared/language.ts'
import { refresh } from '../wallet-state.ts'

export type Direction = 'in' | 'out' | 'page' | 'bridge'
export type JournalEntry = {
  seq: number
  at: string
  direction: Direction
  kind: string
  summary: string
  request: {
    method?: string
    url?: string
    headers?: Record<string, unknown> | null
    body?: unknown
  } | null
  response: { status?: number; body?: unknown } | null
  duration_ms: number
  rule?: string
}

/** Sender and receiver; the demo app's back end belongs to the merchant, not to UnionPay. */
export function between(entry: JournalEntry): string {
  return entry.kind === 'shop'
    ? t('接入方后台→商户服务器', 'merchant’s back end → server')
    : directions[entry.direction].name()
}

const shown_max = 400
export const directions: Record<Direction, { name: () => string; arrow: string }> = {
  in: { name: () => t('商户→银联', 'to UnionPay'), arrow: '→' },
  out: { name: () => t('银联→商户', 'to merchant'), arrow: '←' },
  page: { name: () => t('页面', 'Pages'), arrow: '▢' },
  bridge: { name: () => t('桥', 'Bridge'), arrow: '⇄' },
}

export const journal = reactive({
  entries: [] as JournalEntry[],
  live: false,
  only: null as Direction | null,
  word: '',
})

/** Newest first, filtered by direction and by a word anywhere in the message. */
export const filtered = computed(() => {
  const word = journal.word.trim().toLowerCase()
  return journal.entries.filter((entry) => {
    if (journal.only !== null && entry.direction !== journal.only) return false
    return word === '' || JSON.stringify(entry).toLowerCase().includes(word)
  })
})

let refreshing: ReturnType<typeof setTimeout> | undefined

function take(entry: JournalEntry): void {
  if (journal.entries.some((known) => known.seq === entry.seq)) return
  journal.entries.unshift(entry)
  journal.entries.length = Math.min(journal.entries.length, shown_max)
  // a message may have changed contracts, rules or the clock
  clearTimeout(refreshing)
  refreshing = setTimeout(() => void refresh(), 250)
}

async function catchUp(): Promise<void> {
  const newest = journal.entries[0]?.seq
  const after = newest === undefined ? '' : `&after=${newest}`
  const answer = await read<{ entries: JournalEntry[] }>(`/_control/journal?limit=200${after}`)
  for (const entry of answer.entries) take(entry)
}

/** Follows the journal for the lifetime of the page; catches up after a disconnect. */
export function followJournal(): void {
  const source = new EventSource('/_control/journal/stream')
  source.addEventListener('open', () => {
    journal.live = true
    catchUp().catch(() => undefined)
  })
  source.addEventListener('error', () => {
    journal.live = false
  })
  source.addEventListener('message', (event: MessageEvent<string>) =>
    take(JSON.parse(event.data) as JournalEntry),
  )
}

/** The newest entry is loaded again: a reset empties the journal too. */
export function forgetJournal(): void {
  journal.entries = []
}
