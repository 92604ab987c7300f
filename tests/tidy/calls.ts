import { sources, walk, type Finding, type Node, type Source } from './sources.ts'

const clock_and_chance = /^(server\/kernel\/|sandbox\/clock\.ts$|sandbox\/random\.ts$|tests\/)/
const network =
  /^(web\/api\/|client\/client\.ts$|server\/unionpay\/transport\.ts$|sandbox\/|commands\/|tests\/)/

/**
 * Time, randomness and network are injected, so that a test controls them; only these files access
 * them directly.
 */
export function findCalls(among: Source[] = sources): Finding[] {
  return among.flatMap(({ file, program }) => {
    const found = new Set<string>()
    for (const node of walk(program)) {
      const call = callOf(node)
      if (call !== null && !(call === 'fetch' ? network : clock_and_chance).test(file))
        found.add(call)
    }
    return [...found].map((what) => ({ rule: 'call', file, what }))
  })
}

function callOf(node: Node): string | null {
  const callee = node['callee'] as Node | undefined
  const name = callee?.['name'] as string | undefined
  if (node.type === 'NewExpression')
    return name === 'Date' && (node['arguments'] as unknown[]).length === 0 ? 'new Date()' : null
  if (node.type === 'CallExpression' && name === 'fetch') return 'fetch'
  if (node.type !== 'MemberExpression') return null
  const path = `${(node['object'] as Node)['name'] as string}.${(node['property'] as Node)['name'] as string}`
  return path === 'Date.now' || path === 'Math.random' ? path : null
}
