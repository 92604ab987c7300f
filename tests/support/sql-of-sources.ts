import { walk, type Node, type Source } from '../tidy/sources.ts'
import {
  at,
  isFunction,
  isNode,
  nameOf,
  nodesIn,
  parentsIn,
  server,
  Unreadable,
  wordsOf,
  type Known,
  type Scope,
} from './source-tree.ts'

/**
 * A call of `.query(…)` in the server's sources. `texts` is null when its text cannot be read from
 * the source; `why` gives the reason.
 */
export type QueryCall = { file: string; argument: string; texts: string[] | null; why: string }

/**
 * Every `.query(…)` of the server with its possible texts: constants of this and other files are
 * inserted, conditional parts are taken both ways, and a table is each one that the type of the
 * parameter or the callers name. `given` has the values of names that a file reads from a list.
 */
export function findQueryCalls(
  given: Record<string, readonly Record<string, string>[]>,
): QueryCall[] {
  return [...server.values()].flatMap((source) => {
    const parents = parentsIn(source)
    const calls: QueryCall[] = []
    for (const node of walk(source.program)) {
      if (node.type !== 'MemberExpression' || nameOf(at(node, 'property')) !== 'query') continue
      const [object, parent] = [at(node, 'object'), parents.get(node)]
      const called = parent?.type === 'CallExpression' && parent['callee'] === node ? parent : null
      const asked = source.code.slice(object.start, object.end)
      // a field of this name, and UnionPay's query, are no SQL
      if (called ? asked.endsWith('payments') : !/(^|\.)(db|client|pool)$/.test(asked)) continue
      const argument = called ? nodesIn(called['arguments'])[0] : undefined
      const shown = argument ?? parent ?? node
      calls.push({
        file: source.file,
        argument: source.code.slice(shown.start, shown.end).replaceAll(/\s+/g, ' ').slice(0, 60),
        ...read(argument, source, parents, given[source.file] ?? [{}]),
      })
    }
    return calls
  })
}

function read(
  argument: Node | undefined,
  source: Source,
  parents: Map<Node, Node>,
  given: readonly Record<string, string>[],
): Pick<QueryCall, 'texts' | 'why'> {
  if (!argument) return { texts: null, why: 'not called here' }
  try {
    const texts = given.flatMap((values) => {
      const bound = Object.fromEntries(Object.entries(values).map(([name, text]) => [name, [text]]))
      return textsOf({ source, node: argument, bound, parents })
    })
    return { texts: [...new Set(texts)], why: '' }
  } catch (error) {
    if (error instanceof Unreadable) return { texts: null, why: error.message }
    throw error
  }
}

/** Every possible text of an expression. */
function textsOf(scope: Scope): string[] {
  const { node } = scope
  const of = (inner: Node): string[] => textsOf({ ...scope, node: inner })
  switch (node.type) {
    case 'Literal':
      return [String(node['value'])]
    case 'TemplateLiteral': {
      const expressions = nodesIn(node['expressions']).map(of)
      return nodesIn(node['quasis']).reduce<string[]>(
        (texts, quasi, place) => {
          const fixed = (quasi['value'] as { cooked: string }).cooked
          const next = expressions[place] ?? ['']
          return texts.flatMap((text) => next.map((part) => text + fixed + part))
        },
        [''],
      )
    }
    case 'ConditionalExpression':
      return [...of(at(node, 'consequent')), ...of(at(node, 'alternate'))]
    case 'TSAsExpression':
    case 'ParenthesizedExpression':
      return of(at(node, 'expression'))
    case 'BinaryExpression':
      return of(at(node, 'left')).map((left) =>
        String(Number(left) + Number(of(at(node, 'right'))[0])),
      )
    case 'MemberExpression':
      return [String(conditionsBehind({ ...scope, node: at(node, 'object') }).length)]
    case 'ObjectExpression': {
      const text = nodesIn(node['properties']).find((one) => nameOf(at(one, 'key')) === 'text')
      if (text) return of(at(text, 'value'))
      break
    }
    case 'CallExpression':
      return textsOfCall(scope)
    case 'Identifier':
      return textsOfName(scope)
  }
  throw new Unreadable(`${node.type} ${textOf(scope)}`)
}

const textOf = ({ source, node }: Scope): string =>
  source.code.slice(node.start, node.end).slice(0, 80)

/** A function of one expression with its parameters inserted, or a joined list. */
function textsOfCall(scope: Scope): string[] {
  const { node } = scope
  const callee = at(node, 'callee')
  const given = nodesIn(node['arguments'])
  if (callee.type === 'MemberExpression') {
    const of: Scope = { ...scope, node: at(callee, 'object') }
    const method = nameOf(at(callee, 'property'))
    if (method === 'trim') return textsOf(of).map((text) => text.trim())
    if (method !== 'join') throw new Unreadable(textOf(scope))
    const [between = ','] = given[0] ? textsOf({ ...scope, node: given[0] }) : []
    return listOf(of).reduce((texts, next) =>
      texts.flatMap((text) => next.map((part) => `${text}${between}${part}`)),
    )
  }
  if (callee.type !== 'Identifier') throw new Unreadable(textOf(scope))
  const found = definitionOf({ ...scope, node: callee })
  if (!found || !isFunction(found.node)) throw new Unreadable(textOf(scope))
  const bound: Known = { ...found.bound }
  for (const [place, parameter] of nodesIn(found.node['params']).entries())
    if (parameter.type === 'Identifier' && given[place])
      bound[nameOf(parameter)] = textsOf({ ...scope, node: given[place] })
  const body = at(found.node, 'body')
  if (body.type === 'BlockStatement') throw new Unreadable(textOf(scope))
  return textsOf({ ...found, node: body, bound })
}

/** The elements of a list, each with its possible texts. */
function listOf(scope: Scope): string[][] {
  const { node } = scope
  if (node.type === 'ArrayExpression')
    return nodesIn(node['elements']).map((element) => textsOf({ ...scope, node: element }))
  if (node.type === 'Identifier') {
    const found = definitionOf(scope)
    const grows = scope.source.code.includes(`${nameOf(node)}.push(`)
    if (!found || grows) throw new Unreadable(textOf(scope))
    return listOf(found)
  }
  const callee = node.type === 'CallExpression' ? at(node, 'callee') : null
  const [given] = nodesIn(node['arguments'])
  if (callee?.type !== 'MemberExpression' || !given) throw new Unreadable(textOf(scope))
  const of: Scope = { ...scope, node: at(callee, 'object') }
  const method = nameOf(at(callee, 'property'))
  if (method === 'split') {
    const [between = ','] = textsOf({ ...scope, node: given })
    return (textsOf(of)[0] ?? '').split(between).map((part) => [part])
  }
  const [parameter] = nodesIn(given['params'])
  if (!/^(map|flatMap)$/.test(method) || !parameter) throw new Unreadable(textOf(scope))
  return listOf(of).flatMap((texts) => {
    const bound = { ...scope.bound, [nameOf(parameter)]: texts }
    const each: Scope = { ...scope, bound, node: at(given, 'body') }
    return method === 'map' ? [textsOf(each)] : listOf(each)
  })
}

function textsOfName(scope: Scope): string[] {
  const name = nameOf(scope.node)
  const known = scope.bound[name]
  if (known) return known
  if (name === 'where') {
    const conditions = conditionsBehind(scope)
    return [
      `where ${conditions.map((one, place) => one.replace('$', `$${place + 1}`)).join(' and ')}`,
    ]
  }
  const found = definitionOf(scope)
  if (!found) throw new Unreadable(`${name} is not known`)
  return found.node.type === 'Parameter' ? (found.bound[name] ?? []) : textsOf(found)
}

/**
 * All conditions of `const { where, values } = conditionsOf([…])`, as if every value were given.
 */
function conditionsBehind(scope: Scope): string[] {
  const found = definitionOf(scope)
  const list =
    found?.node.type === 'CallExpression' ? nodesIn(found.node['arguments'])[0] : undefined
  if (!found || list?.type !== 'ArrayExpression') throw new Unreadable(textOf(scope))
  return nodesIn(list['elements']).flatMap((element) => {
    if (element.type === 'ArrayExpression') {
      const [condition] = nodesIn(element['elements'])
      return condition ? textsOf({ ...found, node: condition }).slice(0, 1) : []
    }
    const ids = element.type === 'SpreadElement' ? at(element, 'argument') : element
    const [column] = ids.type === 'CallExpression' ? nodesIn(ids['arguments']) : []
    if (!column) throw new Unreadable(textOf(scope))
    const [name = ''] = textsOf({ ...found, node: column })
    return [`${name} >= $`, `${name} < $`]
  })
}

/**
 * The meaning of a name: the constant or function it names, in this file or in another, or a
 * parameter with its possible texts.
 */
function definitionOf(scope: Scope): Scope | null {
  const { source, parents, bound } = scope
  const name = nameOf(scope.node)
  for (let node = parents.get(scope.node); node; node = parents.get(node)) {
    if (isFunction(node)) {
      const texts = textsOfParameter({ ...scope, node }, name)
      if (texts) return { ...scope, node: { ...node, type: 'Parameter' }, bound: { [name]: texts } }
    }
    const statements =
      node.type === 'Program' || node.type === 'BlockStatement' ? node['body'] : null
    for (const statement of nodesIn(statements)) {
      const declared = isNode(statement['declaration']) ? statement['declaration'] : statement
      if (isFunction(declared) && isNode(declared['id']) && nameOf(declared['id']) === name)
        return { ...scope, node: declared }
      for (const one of nodesIn(declared['declarations'])) {
        const id = at(one, 'id')
        const names =
          id.type === 'ObjectPattern' ? nodesIn(id['properties']).map((p) => at(p, 'key')) : [id]
        if (names.some((each) => nameOf(each) === name) && isNode(one['init']))
          return { source, parents, bound, node: one['init'] }
      }
    }
  }
  return importedOf(scope, name)
}

function importedOf({ source }: Scope, name: string): Scope | null {
  for (const statement of nodesIn(source.program['body'])) {
    if (statement.type !== 'ImportDeclaration') continue
    const one = nodesIn(statement['specifiers']).find((each) => nameOf(at(each, 'local')) === name)
    const specifier = (at(statement, 'source') as Node & { value: string }).value
    const file = source.imports.find((each) => each.specifier === specifier)?.file
    const other = one && file ? server.get(file) : undefined
    if (!other) continue
    const parents = parentsIn(other)
    const inside = { source: other, parents, bound: {}, node: { ...statement, name } as Node }
    parents.set(inside.node, other.program)
    return definitionOf(inside)
  }
  return null
}

/**
 * Texts of a parameter: those of its type, otherwise those that callers in the same file pass.
 * Null: no parameter of this name.
 */
function textsOfParameter(scope: Scope, name: string): string[] | null {
  const { node: fn, source, parents } = scope
  const place = nodesIn(fn['params']).findIndex(
    (one) => one.type === 'Identifier' && nameOf(one) === name,
  )
  const parameter = nodesIn(fn['params'])[place]
  if (!parameter) return null
  const annotation = isNode(parameter['typeAnnotation'])
    ? at(parameter['typeAnnotation'], 'typeAnnotation')
    : null
  const listed = annotation ? wordsOf({ ...scope, node: annotation }) : null
  if (listed) return listed
  const own_name = isNode(fn['id']) ? nameOf(fn['id']) : nameOf(at(parents.get(fn) ?? fn, 'id'))
  const texts: string[] = []
  for (const node of walk(source.program)) {
    if (node.type !== 'CallExpression' || nameOf(at(node, 'callee')) !== own_name) continue
    const given = nodesIn(node['arguments'])[place]
    if (given) texts.push(...textsOf({ ...scope, node: given }))
  }
  if (texts.length === 0) throw new Unreadable(`${name}: nobody in the file says what it is`)
  return texts
}
