import { sources, walk, type Finding, type Node, type Source } from './sources.ts'

/**
 * Limits in characters of code, counted without comments and indentation, so that layout and
 * explanations do not count.
 */
const limits = { file: 10_000, test_file: 15_000, function: 2_500, function_with_inner: 4_000 }
const statement_limit = 30
/** Written by a command from another file. */
const generated = new Set(['client/schema.ts'])
const functions = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])

const sizeOf = (code: string): number => code.replaceAll(/^\s+|\s+$/gm, '').length

/**
 * Files and functions above the limits. A function counts without its inner functions, which are
 * checked themselves, and once more as a whole. A test file may be longer, and its describe blocks
 * are headings, not functions.
 */
export function findLong(among: Source[] = sources): Finding[] {
  return among
    .filter(({ file }) => !generated.has(file))
    .flatMap((source) => {
      const is_test = source.file.endsWith('.test.ts')
      const size = sizeOf(source.code)
      const is_long = size > (is_test ? limits.test_file : limits.file)
      return [
        ...(is_long ? [{ rule: 'file size', file: source.file, what: `${size} characters` }] : []),
        ...(is_test ? [] : longFunctions(source)),
      ]
    })
}

const widest_comment = 100

/** Lines of comments wider than the code, a lint directive aside. */
export function findWideComments(among: Source[] = sources): Finding[] {
  return among
    .filter(({ file }) => !generated.has(file))
    .flatMap(({ file, text }) =>
      text
        .split('\n')
        .filter(
          (line) => /^\s*(\/\/ (?!oxlint-)|\*|\/\*)/.test(line) && line.length > widest_comment,
        )
        .map((line) => ({ rule: 'comment width', file, what: line.trim().slice(0, 60) })),
    )
}

function longFunctions({ file, code, program }: Source): Finding[] {
  const found: Finding[] = []
  for (const node of walk(program)) {
    if (!functions.has(node.type)) continue
    const whole = sizeOf(code.slice(node.start, node.end))
    const own =
      whole - innerOf(node).reduce((sum, { start, end }) => sum + sizeOf(code.slice(start, end)), 0)
    if (
      own <= limits.function &&
      whole <= limits.function_with_inner &&
      statementsOf(node) <= statement_limit
    )
      continue
    found.push({
      rule: 'function size',
      file,
      what: nameOf(node) ?? `the function in line ${lineOf(code, node.start)}`,
    })
  }
  return found
}

const childrenOf = (node: Node): Node[] =>
  Object.values(node)
    .flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : [value]))
    .filter(
      (child): child is Node =>
        typeof child === 'object' && child !== null && typeof (child as Node).type === 'string',
    )

/** The outermost functions inside a node. */
const innerOf = (node: Node): Node[] =>
  childrenOf(node).flatMap((child) => (functions.has(child.type) ? [child] : innerOf(child)))

/** Statements of a function, without those of its inner functions. */
const statementsOf = (node: Node): number =>
  childrenOf(node)
    .filter(({ type }) => !functions.has(type))
    .reduce(
      (sum, child) =>
        sum +
        (child.type.endsWith('Statement') && child.type !== 'BlockStatement' ? 1 : 0) +
        statementsOf(child),
      0,
    )

const nameOf = (node: Node): string | undefined => (node['id'] as { name?: string } | null)?.name
const lineOf = (code: string, offset: number): number => code.slice(0, offset).split('\n').length

/** The sizes of all files in characters of code, smallest first. */
export const fileSizes = (): number[] =>
  sources.map(({ code }) => sizeOf(code)).toSorted((a, b) => a - b)
