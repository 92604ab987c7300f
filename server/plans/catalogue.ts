import { readFileSync } from 'node:fs'
import { LineCounter, parseDocument, isMap, isSeq, type Document, type YAMLMap } from 'yaml'
import { StartProblem } from '../kernel/start-problem.ts'
import type { Plan } from './plan.ts'
import { planDefaults, planFields, planRules } from './plan-fields.ts'

export type Catalogue = {
  all(): readonly Plan[]
  find(plan_id: string): Plan | undefined
}

/**
 * Reads the catalogue's file. Throws one StartProblem that names every problem by line and field.
 */
export function loadCatalogue(file: string): Catalogue {
  const { plans, problems } = readCatalogue(textOf(file))
  if (problems.length > 0)
    throw new StartProblem(
      `${file} has ${problems.length} problem(s):\n${problems.map((p) => `  ${p}`).join('\n')}`,
    )
  const byId = new Map(plans.map((plan) => [plan.plan_id, plan]))
  return { all: () => plans, find: (plan_id) => byId.get(plan_id) }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new StartProblem(
      `PLANS_FILE: ${(error as Error).message}. Name the file with your plan catalogue.`,
      { cause: error },
    )
  }
}

/**
 * Parses the text of a catalogue (YAML or JSON). Never throws: problems are sentences with line
 * numbers.
 */
export function readCatalogue(text: string): { plans: Plan[]; problems: string[] } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  if (document.errors.length > 0)
    return {
      plans: [],
      problems: document.errors.map(
        (e) => `line ${lines.linePos(e.pos[0]).line}: ${e.message.split('\n')[0]}`,
      ),
    }
  const list = document.get('plans')
  if (!isSeq(list) || list.items.length === 0)
    return { plans: [], problems: ['line 1: `plans` must be a list with at least one plan'] }
  const problems: string[] = []
  const plans: Plan[] = []
  for (const item of list.items) {
    const line = lineOf(item, lines)
    if (!isMap(item)) {
      problems.push(`line ${line}: a plan must be a list of fields`)
      continue
    }
    const plan = readPlan(document, item, lines, problems)
    if (plan && plans.some((other) => other.plan_id === plan.plan_id))
      problems.push(`line ${line}: plan_id: ${plan.plan_id} stands twice`)
    else if (plan) plans.push(plan)
  }
  return { plans, problems }
}

function readPlan(
  document: Document,
  item: YAMLMap,
  lines: LineCounter,
  problems: string[],
): Plan | null {
  const before = problems.length
  const plan: Record<string, unknown> = {
    ...planDefaults,
    ...(item.toJS(document) as Record<string, unknown>),
  }
  const start = lineOf(item, lines)
  const where = (field: string): number => {
    const pair = item.items.find((p) => String((p.key as { value?: unknown }).value) === field)
    return pair ? lineOf(pair.key, lines) : start
  }
  for (const field of Object.keys(plan)) {
    if (!(field in planFields)) problems.push(`line ${where(field)}: ${field}: unknown field`)
  }
  for (const [field, check] of Object.entries(planFields)) {
    const problem = field in plan ? check(plan[field]) : 'is missing'
    if (problem) problems.push(`line ${where(field)}: ${field}: ${problem}`)
  }
  if (problems.length > before) return null
  for (const [field, problem] of planRules(plan as Plan))
    problems.push(`line ${where(field)}: ${field}: ${problem}`)
  return problems.length > before ? null : (plan as Plan)
}

function lineOf(node: unknown, lines: LineCounter): number {
  const range = (node as { range?: [number, number, number] } | null)?.range
  return range ? lines.linePos(range[0]).line : 1
}
