import { listFiles, read, type Finding } from './sources.ts'

/** Folders and pages that the rule covers. */
const covered = [
  'server',
  'client',
  'web',
  'sandbox',
  'examples',
  'commands',
  'tests',
  'docs',
  'ops',
]
const pages = ['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'SECURITY.md']
/**
 * The list itself, the self-test of this rule, and tests that quote a job or a text of the server.
 */
const quoting = [
  'tests/tidy/words.ts',
  'tests/tidy.test.ts',
  'tests/docs/glossary.test.ts', // lists forbidden variants
  'tests/unit/gateway/doctor.test.ts', // a remark of the doctor
]
/** What was applied to databases never changes again. */
const applied_migration = /^server\/storage\/migrations\//

/**
 * Private words, metaphors and archaic turns, each with the plain word. Names are split first, so
 * that `letGo` and `glance_ms` are found as words.
 */
const banned_words: Record<string, string> = {
  'errands?': 'fetch job',
  unasked: 'background job',
  'call person': 'escalate, needs manual review',
  'let go': 'release',
  'life of': 'lifecycle',
  'is end of the way': 'isConnectionError',
  'glances?': 'poll',
  crew: 'process pool',
  house: 'codebase, environment',
  notary: 'invariants',
  witness: 'observer',
  doorbell: 'wake-up',
  buried: 'closed',
  'strokes?|strikes?|struck': 'fault injection, inject',
  desk: 'workbench',
  'weigh(?:s|ed|ing)?': 'compare, decide',
  'rules of the land': 'compliance',
  'tak(?:e|es|ing) along': 'export',
  anew: 'again',
  'he|his|him|himself': 'they, the payer',
  性质测试: '基于属性的测试',
  整洁规则: '源码规则',
  线上走过的报文: '收发的报文',
}
/** SVG and CSS have a `stroke` of their own. */
const drawing = /\bstroke(?=[-=: ]|$)/gim

const split = (text: string): string =>
  text.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll(/[_-]/g, ' ')

/** Banned words in the names, the code, the comments and the texts of files. */
export function findBannedWords(
  files: { file: string; text: string }[] = coveredFiles(),
): Finding[] {
  return files.flatMap(({ file, text }) => {
    const is_drawing = /\.(vue|css|svg)$/.test(file)
    const words = split(`${file}\n${is_drawing ? text.replaceAll(drawing, '') : text}`)
    return Object.entries(banned_words)
      .map(([word, plain]) => ({ found: pattern(word).exec(words)?.[0], plain }))
      .filter(({ found }) => found !== undefined)
      .map(({ found, plain }) => ({ rule: 'word', file, what: `“${found}”: write ${plain}` }))
  })
}

const pattern = (word: string): RegExp =>
  /^[a-z]/.test(word) ? new RegExp(`\\b(?:${word})\\b`, 'i') : new RegExp(word)

function coveredFiles(): { file: string; text: string }[] {
  return [...listFiles(...covered), ...pages]
    .filter(
      (file) =>
        /\.(ts|js|vue|css|html|md|yaml|yml|sql)$/.test(file) &&
        !quoting.includes(file) &&
        !applied_migration.test(file),
    )
    .map((file) => ({ file, text: read(file) }))
}
