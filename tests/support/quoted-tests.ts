import { existsSync, readFileSync } from 'node:fs'

/** A test that a document names: `` `tests/x/y.test.ts` "its title" ``. */
export type QuotedTest = { file: string; title: string }

/** The rows of every table in a document whose first cell is not `head`, cell by cell. */
export const rowsOf = (document: string, head: string): string[][] =>
  readFileSync(document, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith(`| ${head} `))
    .map((line) => line.slice(2, -2).split(' | '))

/** The tests a cell names, separated by `;`. */
export const quotedIn = (cell: string): QuotedTest[] =>
  [...cell.matchAll(/`(tests\/[\w/-]+\.test\.ts)` "(.+?)"(?=;|\s*$)/g)].map(
    ([, file = '', title = '']) => ({ file, title }),
  )

/**
 * Titles as they are written in the source, with any quotes; a value inserted by a loop is `%s`.
 */
const titlesOf = (file: string): string[] =>
  [
    ...readFileSync(file, 'utf8').matchAll(
      /(?:\b(?:test|describe)(?:\.\w+)*(?:\([^\n]*\))?(?: as const\))?|^.*\](?: as const)?\))\(\s*(['"`])((?:\\.|(?!\1).)+)\1/gm,
    ),
  ].map((found) => (found[2] ?? '').replaceAll('\\', '').replaceAll(/\$\{\w+\}/g, '%s'))

/** The quoted tests that do not exist. */
export const missingOf = (quoted: readonly QuotedTest[]): QuotedTest[] =>
  quoted.filter(({ file, title }) => !existsSync(file) || !titlesOf(file).includes(title))
