import type { JournalEntry } from './journal.ts'

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

/**
 * The request as a curl command. Secrets, tokens and codes are already shortened in the journal.
 */
export function asCurl(entry: JournalEntry): string {
  const { method = 'GET', url = '', body } = entry.request ?? {}
  const address = url.startsWith('/') ? location.origin + url : url
  const words = ['curl', '-X', method, quoted(address)]
  if (body !== undefined && body !== null && body !== '') {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    if (typeof body !== 'string') words.push('-H', quoted('content-type: application/json'))
    words.push('-d', quoted(text))
  }
  return words.join(' ')
}
