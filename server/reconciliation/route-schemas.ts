import { Type } from 'typebox'
import { break_actions, break_kinds, break_states, statement_states } from './states.ts'
import { ById, Cursor, Day, Limit, MerchantNo, oneOf, request } from '../schemas/fields.ts'
import { answer, operation, refusalsOfKey } from '../schemas/operation.ts'
import {
  Break,
  BreakPage,
  BreakResolution,
  Statement,
  StatementPage,
} from '../schemas/reconciliation.ts'

/** Form, words and refusals of the routes about statements and breaks. */

const tag = 'Reconciliation'
const every_plan =
  'A statement is about a merchant number, not about plans: only a key for every plan sees it.'

export const listStatements = {
  ...operation({
    id: 'listStatements',
    tag,
    verb: 'read',
    summary: 'List statements',
    description: `Newest day first. ${every_plan}`,
  }),
  querystring: request({
    merchant_no: Type.Optional(MerchantNo),
    state: Type.Optional(oneOf(statement_states, 'Only those in this state.')),
    from: Type.Optional(Day),
    to: Type.Optional(Day),
    limit: Type.Optional(Limit),
    cursor: Type.Optional(
      Type.String({
        pattern: '^20\\d{2}-\\d{2}-\\d{2}\\.[0-9A-Za-z]{15}$',
        description: '`next_cursor` of the page before.',
        examples: ['2026-11-21.898310148160568'],
      }),
    ),
  }),
  response: { ...refusalsOfKey(), 200: answer('A page of statements.', StatementPage) },
}

export const readStatement = {
  ...operation({
    id: 'readStatement',
    tag,
    verb: 'read',
    summary: 'Read a statement',
    description: every_plan,
  }),
  params: ById,
  response: { ...refusalsOfKey('not_found'), 200: answer('The statement.', Statement) },
}

export const listBreaks = {
  ...operation({
    id: 'listBreaks',
    tag,
    verb: 'read',
    summary: 'List the breaks of a statement',
    description: `Oldest first. ${every_plan}`,
  }),
  params: ById,
  querystring: request({
    kind: Type.Optional(oneOf(break_kinds, 'Only those of this kind.')),
    state: Type.Optional(oneOf(break_states, 'Only those in this state.')),
    order_id: Type.Optional(
      Type.String({
        pattern: '^[\\x21-\\x7e]{1,32}$',
        description: 'Only those about this order.',
        examples: ['01KBN2V7Q4TZ8M3RXJ5W9GYHC6'],
      }),
    ),
    cursor: Type.Optional(Cursor),
    limit: Type.Optional(Limit),
  }),
  response: { ...refusalsOfKey('not_found'), 200: answer('A page of breaks.', BreakPage) },
}

export const readBreak = {
  ...operation({
    id: 'readBreak',
    tag,
    verb: 'read',
    summary: 'Read a break',
    description: every_plan,
  }),
  params: ById,
  response: { ...refusalsOfKey('not_found'), 200: answer('The break.', Break) },
}

const line = (most: number, description: string, example: string) =>
  Type.String({ pattern: `^[^\\x00-\\x1f\\x7f]{1,${most}}$`, description, examples: [example] })
export const resolveBreak = {
  ...operation({
    id: 'resolveBreak',
    tag,
    verb: 'resolve',
    summary: 'Do something about a break',
    description: `With \`dry_run\` it tells what would happen and changes nothing. ${every_plan}`,
  }),
  params: ById,
  body: request({
    action: oneOf(break_actions, 'One of the break’s `actions`.'),
    author: line(64, 'Who says so. The break names the API key behind it.', '王五'),
    note: line(200, 'Why.', '银行已确认'),
    dry_run: Type.Optional(
      Type.Boolean({ description: 'Only tell what would happen.', examples: [true] }),
    ),
  }),
  response: {
    ...refusalsOfKey('not_found', 'break_not_open', 'break_action_refused', 'body_too_large'),
    200: answer('Done, or what would be done.', BreakResolution),
  },
}
