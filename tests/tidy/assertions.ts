import { sources, walk, type Finding, type Node, type Source } from './sources.ts'

/**
 * Calls that fail when their condition does not hold; those of Vitest's tests are in
 * .oxlintrc.json.
 */
const asserting = new Set(['expect', 'until', 'shows', 'sign', 'atSigningPage', 'consentAndGo'])

/** Playwright tests without an assertion: oxlint's rule sees only tests imported from Vitest. */
export function findUnasserted(among: Source[] = sources): Finding[] {
  return among
    .filter(({ file }) => /^tests\/(e2e|sandbox-pages|gallery)\/.*\.test\.ts$/.test(file))
    .flatMap(({ file, program }) =>
      [...walk(program)]
        .filter((node) => isTest(node) && !assertsIn(node))
        .map((node) => ({ rule: 'assertion', file, what: titleOf(node) })),
    )
}

const isTest = (node: Node): boolean =>
  node.type === 'CallExpression' && (node['callee'] as Node)['name'] === 'test'

const assertsIn = (test: Node): boolean =>
  [...walk(test)].some((node) => asserting.has(calledName(node) ?? ''))

/** `name` of `name(…)` and of `x.name(…)`. */
function calledName(node: Node): string | undefined {
  if (node.type !== 'CallExpression') return undefined
  const callee = node['callee'] as Node
  const property = callee['property'] as Node | undefined
  return (property ?? callee)['name'] as string | undefined
}

function titleOf(test: Node): string {
  const [title] = test['arguments'] as Node[]
  return String(title?.['value'] ?? 'a test')
}
