import { Type, type Static } from 'typebox'
import { randomHex } from '../random.ts'
import { transitKinds } from './effects.ts'
import { inTransaction, type Database } from '../store/database.ts'

const matchText = Type.Optional(Type.String({ minLength: 1, maxLength: 256 }))

const Effect = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('resp'),
      resp: Type.String({ minLength: 2, maxLength: 10 }),
      msg: Type.Optional(Type.String()),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    { kind: Type.Literal('delay'), ms: Type.Integer({ minimum: 0, maximum: 60_000 }) },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      kind: Type.Enum(['html', 'html_after']),
      status: Type.Optional(Type.Integer({ minimum: 200, maximum: 599 })),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      kind: Type.Enum([
        'timeout_before',
        'timeout_after',
        'reset_before',
        'reset_after',
        'garbage',
        'empty',
        'not_found',
        'redirect',
        ...transitKinds,
      ]),
    },
    { additionalProperties: false },
  ),
])

/**
 * A fault: the requests it matches, its effect, and how often it applies (without `times`: always).
 */
export const RuleSchema = Type.Object(
  {
    id: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z_-]{1,64}$' })),
    interface: Type.String({ minLength: 1, maxLength: 64 }),
    match: Type.Optional(
      Type.Object(
        { openId: matchText, planId: matchText, contractCode: matchText, user_id: matchText },
        { additionalProperties: false },
      ),
    ),
    effect: Effect,
    times: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  },
  { additionalProperties: false },
)

export type Rule = Static<typeof RuleSchema>
export type RuleView = Rule & { id: string; times_left: number | null }
export type RuleEffect = { kind: string; resp?: string; msg?: string; ms?: number; status?: number }
export type Meeting = {
  interface: string
  openId?: string
  planId?: string
  contractCode?: string
  user_id?: string
}

export type Rules = {
  all(): RuleView[]
  add(rule: Rule): string
  replaceAll(rules: Rule[]): void
  remove(id: string): boolean
  /** The first rule that matches this request; one of its times is used up. */
  take(meeting: Meeting): { id: string; effect: RuleEffect } | null
}

export function createRules(database: Database): Rules {
  const all = database.prepare('SELECT id, rule, times_left FROM rules ORDER BY position')
  const insert = database.prepare('INSERT INTO rules (id, rule, times_left) VALUES (?, ?, ?)')
  const remove = database.prepare('DELETE FROM rules WHERE id = ?')
  const removeAll = database.prepare('DELETE FROM rules')
  const use = database.prepare('UPDATE rules SET times_left = times_left - 1 WHERE id = ?')
  const rules: Rules = {
    all: () =>
      all.all().map((row) => ({
        ...(JSON.parse(row.rule as string) as Rule),
        id: row.id as string,
        times_left: row.times_left as number | null,
      })),
    add(rule) {
      const id = rule.id ?? `rule-${randomHex(6)}`
      remove.run(id)
      insert.run(id, JSON.stringify(rule), rule.times ?? null)
      return id
    },
    replaceAll: (list) =>
      inTransaction(database, () => {
        removeAll.run()
        for (const rule of list) rules.add(rule)
      }),
    remove: (id) => Number(remove.run(id).changes) > 0,
    take(meeting) {
      const found = rules.all().find((rule) => meets(rule, meeting))
      if (!found) return null
      if (found.times_left !== null) use.run(found.id)
      return { id: found.id, effect: found.effect }
    },
  }
  return rules
}

function meets(rule: RuleView, meeting: Meeting): boolean {
  if (rule.times_left !== null && rule.times_left <= 0) return false
  if (rule.interface !== '*' && rule.interface !== meeting.interface) return false
  const { openId, planId, contractCode, user_id } = rule.match ?? {}
  return (
    (openId === undefined || openId === meeting.openId) &&
    (planId === undefined || planId === meeting.planId) &&
    (contractCode === undefined || contractCode === meeting.contractCode) &&
    (user_id === undefined || user_id === meeting.user_id)
  )
}
