import { listFiles, read, sources, type Finding } from './sources.ts'
import { blocksOf, exitOf, isTyped, pages } from '../support/documents.ts'
import { definitions } from '../../commands/parts/help.ts'
import { setting_names } from '../../server/settings.ts'

const missing = (
  file: string,
  names: readonly string[],
  has: (name: string) => boolean,
): Finding[] => names.filter((name) => !has(name)).map((what) => ({ rule: 'document', file, what }))

const camel = (name: string): string =>
  name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** Every setting, operation, job and decision is in its document. */
export function findUndocumented(): Finding[] {
  const [example, map, operations, decisions] = [
    read('.env.example'),
    read('docs/map.md'),
    read('docs/operations.md'),
    read('docs/decisions/README.md'),
  ]
  const verbs = listFiles('server/unionpay/operations')
    .map((file) => file.split('/').at(-1)?.replace('.ts', '') ?? '')
    .filter((name) => name !== 'index')
  const decided = listFiles('docs/decisions')
    .map((file) => file.split('/').at(-1) ?? '')
    .filter((name) => /^\d{4}-/.test(name))
  return [
    ...missing('.env.example', setting_names, (name) =>
      new RegExp(`^#? ?${name}=`, 'm').test(example),
    ),
    ...missing('docs/map.md', verbs, (name) =>
      [name, name.replaceAll('-', ' '), camel(name)].some((form) => map.includes(form)),
    ),
    ...missing('docs/operations.md', jobNames(), (name) => operations.includes(name)),
    ...missing('docs/decisions/README.md', decided, (name) => decisions.includes(name)),
  ]
}

/** `name: '…'` of every declared Job. */
function jobNames(): string[] {
  const files = sources.filter(
    ({ file, imports }) =>
      file.startsWith('server/') && imports.some((one) => one.file === 'server/kernel/job.ts'),
  )
  return files.flatMap(({ code }) =>
    [...code.matchAll(/\bname: '([a-z- ]+)',\s*every_ms/g)].map((match) => match[1] ?? ''),
  )
}

/**
 * Every field of a log line is in the operators' table. Fields are read from the object literals of
 * log calls, and of constants named for them.
 */
export function findUnlistedLogFields(): Finding[] {
  const table = (/^## Logs$[^]*?(?=^## )/m.exec(read('docs/operations.md'))?.[0] ?? '')
    .split('\n')
    .map((row) => row.split('|')[1] ?? '')
  const listed = new Set(
    table.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map((match) => match[1])),
  )
  const logged = sources
    .filter(({ file }) => file.startsWith('server/'))
    .flatMap(({ file, code }) =>
      [
        ...code.matchAll(
          /(?:\blog(?:ger)?\.(?:debug|info|warn|error|fatal)\(|\bconst (?:line|facts) = )\{((?:[^{}]|\{[^{}]*\})*)\}/g,
        ),
      ].flatMap((match) => fieldsOf(match[1] ?? '').map((field) => ({ file, field }))),
    )
  if (logged.length < 50) throw new Error('the log calls were not found')
  return logged
    .filter(({ field }) => !listed.has(field))
    .map(({ file, field }) => ({
      rule: 'log',
      file,
      what: `the log field ${field} is not in docs/operations.md`,
    }))
}

/** The names of an object literal's fields; spread objects are read where they are created. */
const fieldsOf = (inner: string): string[] =>
  inner
    .replaceAll(/\([^()]*\)|'[^']*'/g, '')
    .split(',')
    .map((part) => /^\s*(\w+)\s*(?::|$)/.exec(part)?.[1] ?? '')
    .filter((name) => name !== '')

/** Commands that a document or a text tells people to type, and that are not there. */
export function findCommands(): Finding[] {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const files = listFiles(
    '*.md',
    'docs',
    '.env.example',
    'compose.yaml',
    'plans.yaml',
    'server',
    'sandbox',
    'web',
    'commands',
  ).filter((file) => /\.(md|example|yaml|ts|vue|js)$/.test(file))
  return files.flatMap((file) => {
    const text = read(file)
    const npm = text.matchAll(/\bnpm (?:run (?:-s |--silent )?([a-z][a-z:0-9-]*)|(start|test)\b)/g)
    const wugan = text.matchAll(/\b(?:npx wugan|node commands\/wugan\.js) ([a-z][a-z0-9:-]*)/g)
    const named = [
      ...[...npm].map((match) => match[1] ?? match[2] ?? '').filter((name) => !(name in scripts)),
      ...[...wugan].map((match) => match[1] ?? '').filter((name) => !(name in definitions)),
    ]
    return [...new Set(named)].map((what) => ({ rule: 'command', file, what }))
  })
}

/**
 * Every block that people type is run by a test, or says why not; every page states its purpose at
 * the top.
 */
export function findUnmarkedBlocks(): Finding[] {
  const blocks = pages()
    .flatMap((file) => blocksOf(file))
    .filter(isTyped)
  return blocks
    .filter((block) => exitOf(block) === undefined)
    .map(({ file, line, words }) => ({
      rule: 'command',
      file,
      what: `line ${line}: "${words}" must be \`bash\` (a test runs it), \`bash exits N\`, or \`bash no-run: why\``,
    }))
}

/** A page teaches, guides, explains or lists, and its first line says which. */
export function findAimless(): Finding[] {
  return pages()
    .filter(
      (file) =>
        file.startsWith('docs/') && !/^# .+\n\n(Teaches|Guides|Explains|Lists) /.test(read(file)),
    )
    .map((file) => ({
      rule: 'document',
      file,
      what: 'its first line must begin with Teaches, Guides, Explains or Lists',
    }))
}

/** Every page is on the map. */
export function findUnmapped(): Finding[] {
  const map = read('docs/map.md')
  return pages()
    .filter(
      (file) =>
        file.startsWith('docs/') && file !== 'docs/map.md' && !map.includes(`(${file.slice(5)})`),
    )
    .map((file) => ({ rule: 'document', file, what: 'is not on docs/map.md' }))
}
