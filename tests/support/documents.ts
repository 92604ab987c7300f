import { readdirSync, readFileSync } from 'node:fs'

/** A fenced block of a document: the words behind the opening fence, and its content. */
export type Block = { file: string; line: number; words: string; text: string }

const folder = (path: string): string[] =>
  readdirSync(path)
    .filter((name) => name.endsWith('.md'))
    .toSorted()
    .map((name) => `${path}/${name}`)

/** The pages for people, in the order in which a newcomer would type their commands. */
export const pages = (): string[] => {
  const first = ['README.md', 'docs/first-charge.md']
  return [
    ...first,
    ...folder('docs').filter((file) => !first.includes(file)),
    'README.zh-CN.md',
    'sandbox/README.md',
  ]
}

export function blocksOf(file: string, text = readFileSync(file, 'utf8')): Block[] {
  const blocks: Block[] = []
  let open: Block | null = null
  for (const [place, line] of text.split('\n').entries()) {
    const fence = /^\s*```(.*)$/.exec(line)
    if (!fence && open) open.text += `${line}\n`
    else if (fence && open) {
      blocks.push(open)
      open = null
    } else if (fence) open = { file, line: place + 1, words: (fence[1] ?? '').trim(), text: '' }
  }
  return blocks
}

/**
 * How a block is run: its expected exit code; null when it says why it is not run; undefined when
 * it says neither.
 */
export function exitOf({ words }: Block): number | null | undefined {
  if (words === 'bash') return 0
  const [, code, reason] = /^bash (?:exits (\d+)|no-run: (\S.{9,}))$/.exec(words) ?? []
  return code !== undefined ? Number(code) : reason !== undefined ? null : undefined
}

/** Whether a block is shell input, whatever its label. */
export const isTyped = ({ words, text }: Block): boolean =>
  /^(bash|sh|shell|console)\b/.test(words) ||
  (words === '' &&
    /^(\$ )?(npm|npx|node|curl|docker|git|psql|pg_\w+|systemctl|openssl) /m.test(text))
