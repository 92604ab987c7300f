import type { PlantedFault } from './planted-fault.ts'

const judging = 'server/reconciliation/judge-line.ts'
const reconciling = 'server/reconciliation/reconcile-statement.ts'
const server_test = 'tests/server/reconciliation.test.ts'
const statement_file = 'server/unionpay/statement/statement-file.ts'
const not_compared = 'tests/server/statement-not-compared.test.ts'
const told = 'tests/simulation/scripted-plans.test.ts'

/** Reading UnionPay's statements, and an operator's handling of a break. */
export const statementFaults: PlantedFault[] = [
  {
    name: 'a line of the statement settles nothing',
    edits: [
      [judging, "outcome: known ? null : { ...proved, state: 'succeeded' }", 'outcome: null'],
    ],
    caught_by: { project: 'server', file: server_test, test: 'settles unknown orders' },
  },
  {
    name: 'a failed charge that the statement shows as paid is not named',
    edits: [
      [
        judging,
        "const states = line.state === 'failed' ? [breakOf('state')] : []",
        'const states: FoundBreak[] = []',
      ],
    ],
    caught_by: {
      project: 'simulation',
      file: told,
      test: 'every error in a statement is named with its kind',
    },
  },
  {
    name: 'a payment that the statement leaves out is not named',
    edits: [[reconciling, 'await noteBreaks(notes, (await findAbsent(db)).map(absentBreak))', '']],
    caught_by: { project: 'server', file: server_test, test: 'empty: a complete statement' },
  },
  {
    name: 'a second line for one order is taken for the first',
    edits: [[judging, 'if (line.repeated || line.seen_before)', 'if (line.seen_before)']],
    caught_by: {
      project: 'simulation',
      file: told,
      test: 'every error in a statement is named with its kind',
    },
  },
  {
    name: 'another amount in the statement is not named',
    edits: [
      [
        judging,
        'if (line.amount_fen !== line.our_amount_fen) {',
        'if ((line.amount_fen !== line.our_amount_fen) === null) {',
      ],
    ],
    caught_by: {
      project: 'simulation',
      file: told,
      test: 'every error in a statement is named with its kind',
    },
  },
  {
    name: 'what a person decided is opened again by the next look',
    edits: [
      [
        reconciling,
        "const isFresh = ({ known }: Notes, found: FoundBreak): boolean => (known.get(keyOf(found))?.state ?? 'gone') === 'gone'",
        "const isFresh = ({ known }: Notes, found: FoundBreak): boolean => (known.get(keyOf(found))?.state ?? 'gone') !== 'open'",
      ],
      [
        reconciling,
        "    if ((known.get(key)?.state ?? 'gone') !== 'gone') continue\n",
        "    if (known.get(key)?.state === 'open') continue\n",
      ],
    ],
    caught_by: {
      project: 'server',
      file: server_test,
      test: 'that is re-issued is compared again, nothing is applied',
    },
  },
  {
    name: 'a line about a declined order is a duplicate of nothing',
    edits: [
      [
        'server/reconciliation/compare.ts',
        "and (s.state = 'succeeded') <> exists",
        'and true <> exists',
      ],
    ],
    caught_by: {
      project: 'server',
      file: server_test,
      test: 'and that the statement of another day names is no duplicate',
    },
  },
  {
    name: 'the comparison in SQL lets a fee be two fen off',
    edits: [['server/reconciliation/line-rules.ts', '/ 10000.0) <= 1', '/ 10000.0) <= 2']],
    caught_by: {
      project: 'server',
      file: 'tests/server/line-rules.test.ts',
      test: 'SQL omits exactly the lines about which the line rules',
    },
  },
  {
    name: 'a dead process keeps its claim on a statement',
    edits: [
      [
        'server/reconciliation/statement-store.ts',
        'and (claim is null or claimed_until < now())',
        'and claim is null',
      ],
    ],
    caught_by: {
      project: 'simulation',
      file: told,
      test: 'when a process dies during a statement, the other process',
    },
  },
  {
    name: 'the repair of a break leaves the order as it was',
    edits: [
      [
        'server/reconciliation/resolve-break.ts',
        'const settlement = await resolveTransactionIn(db, table, order.order_id, { decision, author })',
        "const settlement: Resolved = { table, order_id: order.order_id, before: order, decision: { kind: 'settle', to: effect.to, review: null }, reviews: [], order_review: null, to: effect.to, consequences: [] }",
      ],
    ],
    caught_by: {
      project: 'server',
      file: 'tests/server/break-repairs.test.ts',
      test: 'a preview changes nothing',
    },
  },
  {
    name: 'a re-issued statement is not compared',
    edits: [
      [
        'server/reconciliation/fetch-statement.ts',
        'statement.digest === file.digest',
        'statement.digest !== null',
      ],
    ],
    caught_by: {
      project: 'server',
      file: server_test,
      test: 'that is re-issued is compared again, nothing is applied',
    },
  },
  {
    name: 'a line that cannot be read is passed over in silence',
    edits: [[statement_file, 'unread.add(number, line, error)', 'unread.noteFormed()']],
    caught_by: { project: 'server', file: not_compared, test: 'unreadable amount' },
  },
  {
    name: 'a line of another merchant number is taken for ours',
    edits: [
      ['server/unionpay/statement/line.ts', 'if (theirs !== merchant)', "if (theirs === '')"],
    ],
    caught_by: { project: 'server', file: not_compared, test: 'another of our merchant numbers' },
  },
  {
    name: 'a damaged file of disputes loses the whole day',
    edits: [[statement_file, 'const damage = await damageOf(member)', 'const damage = null']],
    caught_by: { project: 'server', file: not_compared, test: 'a damaged ZME' },
  },
  {
    name: 'what was not compared is counted and never listed',
    edits: [[reconciling, 'await noteBreaks(notes, unread.map(unreadBreak))', '']],
    caught_by: { project: 'server', file: not_compared, test: 'unreadable amount' },
  },
  {
    name: 'an order that no statement names goes to a person before the next statement came',
    edits: [[reconciling, 'addDays(day, 1)))', 'day))']],
    caught_by: { project: 'server', file: server_test, test: 'and its second issue do not name' },
  },
]
