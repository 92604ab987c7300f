import { terms } from './exceptions.ts'
import { listFiles, sources, type Finding, type Node, type Source } from './sources.ts'

const banned = new Set([
  'manager',
  'managers',
  'helper',
  'helpers',
  'util',
  'utils',
  'common',
  'misc',
  'base',
  'service',
  'services',
  'processor',
  'processors',
  'data',
  'info',
])
const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)

/** A technical term may contain a banned word; see exceptions.ts. */
function saysNothing(name: string): boolean {
  const words = Object.keys(terms).reduce(
    (left, term) => left.replaceAll(` ${term} `, ' '),
    ` ${wordsOf(name).join(' ')} `,
  )
  return words.split(' ').some((word) => banned.has(word))
}

/** Words without meaning, in the names of files, folders and exports. */
export function findNames(
  among: Source[] = sources,
  paths: string[] = listFiles('server', 'web', 'sandbox', 'commands', 'tests', 'docs'),
): Finding[] {
  const files = paths
    .filter((file) => file.split('/').some(saysNothing))
    .map((file) => ({ rule: 'name', file, what: 'its name' }))
  const exported = among.flatMap((source) =>
    exportedNames(source)
      .filter(saysNothing)
      .map((what) => ({ rule: 'name', file: source.file, what })),
  )
  return [...files, ...exported]
}

/** Terms that no name uses any more. */
export function findIdleTerms(): string[] {
  const names = [
    ...listFiles('server', 'web', 'sandbox', 'commands', 'tests', 'docs').flatMap((file) =>
      file.split('/'),
    ),
    ...sources.flatMap(exportedNames),
  ]
  const all = names.map((name) => ` ${wordsOf(name).join(' ')} `)
  return Object.entries(terms)
    .filter(([term, because]) => because === '' || !all.some((name) => name.includes(` ${term} `)))
    .map(([term]) => term)
}

function exportedNames({ program }: Source): string[] {
  return (program['body'] as Node[])
    .filter((node) => node.type === 'ExportNamedDeclaration')
    .flatMap((node) => {
      const declaration = node['declaration'] as Node | null
      const declared =
        (declaration?.['declarations'] as Node[] | undefined) ?? (declaration ? [declaration] : [])
      return declared.map((one) => (one['id'] as { name?: string } | null)?.name ?? '')
    })
}

const spellings =
  /\b(planId|contractId|openId|backendToken|frontToken|accessToken|operateTime|operationTime|contractCode|redirectUri|nonceStr|unionId|resp_desc)\b/g
const behind_the_wall = /^(server\/unionpay|sandbox|tests)\//

/** UnionPay's spellings belong to server/unionpay and the sandbox. */
export function findSpellings(among: Source[] = sources): Finding[] {
  return among
    .filter(({ file }) => !behind_the_wall.test(file))
    .flatMap(({ file, code }) =>
      [...new Set(code.match(spellings) ?? [])].map((what) => ({ rule: 'spelling', file, what })),
    )
}

/** Unfinished work belongs to the list of issues. */
export function findPutOff(among: Source[] = sources): Finding[] {
  const marks = /\b(TO(?:DO)|FIX(?:ME))\b/
  return among
    .filter(({ text }) => marks.test(text))
    .map(({ file }) => ({ rule: 'put off', file, what: 'a mark of work put off' }))
}
