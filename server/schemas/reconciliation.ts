import { Type } from 'typebox'
import { order_states } from '../transactions/states.ts'
import {
  break_actions,
  break_kinds,
  break_states,
  statement_states,
} from '../reconciliation/states.ts'
import { count, day, fen, flag, id, instant, oneOf, orNull, page, shape, text } from './fields.ts'
import { OrderConsequence } from './orders.ts'

/** Statements and breaks as the merchant's systems read them. */

const merchant_no = text('商户号.', '898310148160568')

export const Statement = shape(
  'Statement',
  'The morning file of one clearing day and merchant number, and what comparing it found.',
  {
    id: id('Our id of the statement.'),
    merchant_no,
    day: day('The clearing day.'),
    state: oneOf(
      statement_states,
      'awaited: not here yet; reconciled: read to its end and compared; malformed: came and cannot be read; missing: given up.',
    ),
    problem: orNull(text('Why the last asking brought nothing.', 'not_ready')),
    next_fetch_at: orNull(instant('When UnionPay is asked next by itself; null: no more.')),
    digest: orNull(text('SHA-256 of the zip.', '9f86d081884c7d65…')),
    issues: count('How many different files UnionPay gave for this day.'),
    lines: orNull(count('Lines of the file.')),
    charged_fen: orNull(fen('What it says was charged.')),
    returned_fen: orNull(fen('What it says was refunded.')),
    fee_fen: orNull(fen('The fees in it.')),
    settled_orders: count('Orders whose outcome only the statement revealed.'),
    breaks_found: count(
      'What the last comparison found, even beyond the ten thousand that are listed, and what the next day’s statement added.',
    ),
    open_breaks: count(
      'Those listed that nobody has dealt with; also of earlier comparisons, until one no longer finds them.',
    ),
    fetched_at: orNull(instant('When the file came.')),
    reconciled_at: orNull(instant('When it was compared.')),
  },
)
export const StatementPage = page('StatementPage', 'statements', Statement)

const Action = oneOf(break_actions, 'acknowledge: somebody knows why; nothing is changed.')

const Ours = Type.Object(
  {
    state: text('Its state.', 'succeeded'),
    amount_fen: fen('Its amount.'),
    settle_on: orNull(day('Its clearing day.')),
  },
  { description: 'How our order stood when the break was found; null: no order of ours.' },
)
const Theirs = Type.Object(
  {
    amount_fen: fen('The amount.'),
    fee_fen: fen('The fee.'),
    settled_fen: fen('What is settled.'),
    txn_type: text('UnionPay’s kind of transaction.', '01'),
    trace: text('UnionPay’s trace number.', '000018'),
    line: count('The line of the file, from 1.'),
  },
  { description: 'What the line said; null: no line.' },
)
const Unread = Type.Object(
  {
    file: text('The file inside the statement.', 'INN26112288ZM_898310148160568'),
    lines: Type.Array(count('A line of the file, from 1.'), {
      description: 'The first of them, at most 20; empty: the file could not be opened.',
    }),
    count: count('How many lines; 0: the file could not be opened.'),
    why: text('What is wrong with the first, or with the file.', 'its amount is unreadable'),
  },
  { description: 'What of the file was not compared; null in every other kind.' },
)

export const Break = shape('Break', 'A difference between the statement and what we know.', {
  id: id('Our id of the break.'),
  statement: id('Our id of the statement.'),
  merchant_no,
  day: day('The clearing day.'),
  kind: oneOf(
    break_kinds,
    'ours_only: paid here, not in the statement; theirs_only: no order of ours; amount and state: both have it and differ; duplicate: more than once; fee: not the agreed one; adjustment: a line of UnionPay’s file of errors and disputes; not_compared: a line or a file of it that cannot be read or is about another merchant number.',
  ),
  order_id: orNull(text('The order it is about.', '01KBN2V7Q4TZ8M3RXJ5W9GYHC6')),
  order_kind: orNull(oneOf(['charge', 'refund'], 'Null: not an order of ours.')),
  query_id: orNull(text('UnionPay’s number of the transaction.', '812026112212000000018')),
  amount_fen: fen('What is at stake.'),
  state: oneOf(break_states, 'gone: a later file no longer shows it.'),
  actions: Type.Array(Action, {
    description: 'What may be done about it; the first is what the statement suggests.',
  }),
  action: orNull(Action),
  author: orNull(
    text(
      'Who decided; through the API also the key.',
      '王五 (API key erp, 01KBN2V7Q4TZ8M3RXJ5W9GYHC6)',
    ),
  ),
  note: orNull(text('Why.', '银行已确认')),
  found_at: instant('When.'),
  resolved_at: orNull(instant('When.')),
  ours: orNull(Ours),
  theirs: orNull(Theirs),
  unread: orNull(Unread),
})
export const BreakPage = page('BreakPage', 'breaks', Break, 'oldest first')

export const BreakResolution = shape(
  'BreakResolution',
  'What was done about a break, or would be.',
  {
    break: Break,
    dry_run: flag('Nothing was changed, and `break` is as it was.'),
    order: orNull(
      Type.Object(
        {
          order_id: text('The order.', '01KBN2V7Q4TZ8M3RXJ5W9GYHC6'),
          from: oneOf(order_states, 'Its state before.'),
          to: oneOf(order_states, 'Its state after.'),
          consequences: Type.Array(OrderConsequence, { description: 'What follows besides.' }),
        },
        { description: 'What becomes of the order; null where none is touched.' },
      ),
    ),
  },
)
