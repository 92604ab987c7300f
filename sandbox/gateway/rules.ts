import { Type, type Static } from 'typebox'
import { randomHex } from '../random.ts'
import { transitKinds } from '../open-platform/effects.ts'
import { inTransaction, type Database } from '../store/database.ts'

const closed = { additionalProperties: false }
const code = Type.String({ pattern: '^[0-9A-Z]{2}$' })
const text = Type.String({ minLength: 1, maxLength: 256 })
const span = Type.Integer({ minimum: 0, maximum: 400 * 86_400_000 })

const faultKinds = [
  'timeout_before',
  'timeout_after',
  'reset_before',
  'reset_after',
  'html',
  'html_after',
  'redirect',
  'garbage',
  'empty',
  'not_found',
  'no_signature',
  'wrong_signature',
  'foreign_certificate',
  'expired_certificate',
  'wrong_owner',
  'tampered_amount',
  'other_order',
  ...transitKinds,
] as const

/**
 * The effect of a rule on a request. `kind` concerns the answer: `resp` refuses with a code and
 * does nothing, `outcome` settles with the code `resp`, `delay` waits `ms`, `plain` carries extras
 * only, all others are faults. Extras concern what follows.
 */
const Effect = Type.Object(
  {
    kind: Type.Enum(['plain', 'resp', 'outcome', 'delay', ...faultKinds]),
    resp: Type.Optional(code),
    msg: Type.Optional(Type.String({ maxLength: 256 })),
    ms: Type.Optional(Type.Integer({ minimum: 0, maximum: 60_000 })),
    status: Type.Optional(Type.Integer({ minimum: 200, maximum: 599 })),
    // the respCode of the synchronous answer although the work was done
    answer: Type.Optional(code),
    // fields of the answer that are replaced before it is signed
    alter: Type.Optional(
      Type.Record(Type.String({ pattern: '^[A-Za-z]{1,32}$' }), Type.String({ maxLength: 1_024 })),
    ),
    // the final respCode, whatever the cards allow
    outcome: Type.Optional(code),
    // null: it stays in progress forever
    book_after_ms: Type.Optional(Type.Union([span, Type.Null()])),
    notice: Type.Optional(Type.Enum(['now', 'late', 'twice', 'never', 'before_answer'])),
    // a second notification that contradicts a success
    late_failure: Type.Optional(Type.Object({ after_ms: span, resp: code }, closed)),
  },
  closed,
)

/**
 * Ordered; the first match applies. With `script` the n-th matching request gets the n-th effect,
 * and none after the last.
 */
export const GatewayRuleSchema = Type.Object(
  {
    id: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z_-]{1,64}$' })),
    match: Type.Optional(
      Type.Object(
        {
          transaction: Type.Optional(
            Type.Enum(['charge', 'refund', 'cancel', 'query', 'certificate', 'statement']),
          ),
          order_id: Type.Optional(Type.Union([text, Type.Array(text, { maxItems: 10_000 })])),
          amount_fen: Type.Optional(Type.Integer({ minimum: 0 })),
          contract_id: Type.Optional(text),
          merchant: Type.Optional(text),
          user_id: Type.Optional(text),
        },
        closed,
      ),
    ),
    effect: Type.Optional(Effect),
    script: Type.Optional(Type.Array(Effect, { minItems: 1, maxItems: 1_000 })),
    times: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  },
  closed,
)

export type GatewayEffect = Static<typeof Effect>
export type GatewayRule = Static<typeof GatewayRuleSchema>
export type GatewayRuleView = GatewayRule & { id: string; played: number }
export type GatewayMeeting = {
  transaction: string
  order_id: string
  merchant: string
  amount_fen: number | null
  contract_id: string | null
  user_id: string | null
}

export type GatewayRules = {
  all(): GatewayRuleView[]
  add(rule: GatewayRule): string
  replaceAll(rules: GatewayRule[]): void
  remove(id: string): boolean
  take(meeting: GatewayMeeting): { id: string; effect: GatewayEffect } | null
}

export function createGatewayRules(database: Database): GatewayRules {
  const all = database.prepare('SELECT id, rule, played FROM gateway_rules ORDER BY position')
  const insert = database.prepare('INSERT INTO gateway_rules (id, rule) VALUES (?, ?)')
  const remove = database.prepare('DELETE FROM gateway_rules WHERE id = ?')
  const removeAll = database.prepare('DELETE FROM gateway_rules')
  const play = database.prepare('UPDATE gateway_rules SET played = played + 1 WHERE id = ?')
  const rules: GatewayRules = {
    all: () =>
      all.all().map((row) => ({
        ...(JSON.parse(row.rule as string) as GatewayRule),
        id: row.id as string,
        played: row.played as number,
      })),
    add(rule) {
      const id = rule.id ?? `gateway-rule-${randomHex(6)}`
      remove.run(id)
      insert.run(id, JSON.stringify(rule))
      return id
    },
    replaceAll: (list) =>
      inTransaction(database, () => {
        removeAll.run()
        for (const rule of list) rules.add(rule)
      }),
    remove: (id) => Number(remove.run(id).changes) > 0,
    take(meeting) {
      const found = rules.all().find((rule) => effectOf(rule) !== undefined && meets(rule, meeting))
      const effect = found && effectOf(found)
      if (!found || !effect) return null
      play.run(found.id)
      return { id: found.id, effect }
    },
  }
  return rules
}

/** The rule's next effect; undefined when it is used up. */
function effectOf(rule: GatewayRuleView): GatewayEffect | undefined {
  if (rule.times !== undefined && rule.played >= rule.times) return undefined
  return rule.script ? rule.script[rule.played] : rule.effect
}

function meets({ match = {} }: GatewayRule, meeting: GatewayMeeting): boolean {
  const { order_id, ...others } = match
  if (
    order_id !== undefined &&
    !(Array.isArray(order_id) ? order_id : [order_id]).includes(meeting.order_id)
  )
    return false
  return Object.entries(others).every(
    ([name, wanted]) => wanted === undefined || meeting[name as keyof GatewayMeeting] === wanted,
  )
}
