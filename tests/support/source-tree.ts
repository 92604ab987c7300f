import { sources, walk, type Node, type Source } from '../tidy/sources.ts'

/** Navigation in the syntax trees of the server's sources. */

export type Known = Record<string, string[]>
export type Scope = { source: Source; node: Node; bound: Known; parents: Map<Node, Node> }
export type Named = Node & { name: string }

export class Unreadable extends Error {}

export const server = new Map(
  sources.filter(({ file }) => file.startsWith('server/')).map((one) => [one.file, one]),
)
const parents_of = new Map<Source, Map<Node, Node>>()

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
export const nodesIn = (value: unknown): Node[] =>
  Array.isArray(value) ? value.filter(isNode) : []
export const at = (node: Node, key: string): Node => {
  if (!isNode(node[key])) throw new Unreadable(`${node.type} without ${key}`)
  return node[key]
}
export const nameOf = (node: Node): string => (node as Named).name
export const isFunction = (node: Node): boolean => /Function/.test(node.type)

export function parentsIn(source: Source): Map<Node, Node> {
  const known = parents_of.get(source)
  if (known) return known
  const parents = new Map<Node, Node>()
  for (const node of walk(source.program)) {
    for (const value of Object.values(node))
      for (const child of [...nodesIn(value), ...(isNode(value) ? [value] : [])])
        parents.set(child, node)
  }
  parents_of.set(source, parents)
  return parents
}

/** The members of a union of literals, also by its name. */
export function wordsOf(scope: Scope): string[] | null {
  const { node } = scope
  if (node.type === 'TSLiteralType') return [String(at(node, 'literal')['value'])]
  if (node.type === 'TSUnionType') {
    const words = nodesIn(node['types']).map((one) => wordsOf({ ...scope, node: one }))
    return words.includes(null) ? null : words.flatMap((one) => one ?? [])
  }
  if (node.type !== 'TSTypeReference') return null
  const name = nameOf(at(node, 'typeName'))
  for (const source of server.values()) {
    for (const one of walk(source.program))
      if (one.type === 'TSTypeAliasDeclaration' && nameOf(at(one, 'id')) === name)
        return wordsOf({ ...scope, source, node: at(one, 'typeAnnotation') })
  }
  return null
}
