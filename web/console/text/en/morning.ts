import type { ConsoleWords } from '../zh.ts'

/** Statements and their breaks, in English. */
export const morning: ConsoleWords['morning'] = {
  title: 'Statements',
  none: 'No statement yet. From 09:00 of the day after, they are fetched by themselves.',
  day: 'Clearing day',
  state: 'State',
  lines: 'Lines',
  returned: 'Returned',
  fee: 'fee',
  breaks: 'Breaks',
  next: 'next',
  open: (open, all) => `${open} open of ${all}`,
  states: {
    awaited: 'awaited',
    reconciled: 'reconciled',
    malformed: 'malformed',
    missing: 'missing',
  },
  breakStates: { open: 'open', resolved: 'resolved', gone: 'gone from a newer file' },
  kinds: {
    ours_only: 'Only ours',
    theirs_only: 'Only theirs',
    amount: 'Amount differs',
    state: 'State differs',
    duplicate: 'Twice',
    fee: 'Fee differs',
    adjustment: 'Adjustment',
    not_compared: 'Not compared',
  },
  what: {
    ours_only: 'Paid or unknown here, not in the file. Ask UnionPay, then decide.',
    theirs_only:
      'UnionPay booked it; there is no such order here. Another system, or an older backup?',
    amount: 'The same order with two amounts. Ask UnionPay what was debited.',
    state: 'Not paid here, booked there: the payer may have been debited.',
    duplicate: 'One order more than once: the payer may have paid twice.',
    fee: 'Not the agreed fee, or the settled amount does not add up.',
    adjustment: 'A line of UnionPay’s errors and disputes; look on their pages.',
    not_compared:
      'A line or a file of the statement that cannot be read or is about another merchant number. An order it names may show as “only ours”: look here first.',
  },
  ours: 'Ours',
  theirs: 'Theirs',
  unread: (lines, count) =>
    count === 0
      ? 'the whole file'
      : `line ${lines.join(', ')}${count > lines.length ? ` … (${count} lines)` : ''}`,
  repair: 'What to do',
  actions: {
    mark_paid: 'It was paid',
    mark_not_paid: 'It was not paid',
    acknowledge: 'Known, change nothing',
  },
  note: 'Why (kept with the break)',
  look: 'Look first',
  apply: 'Do it',
  nothing: 'No order changes; the break is closed.',
}
