import type { ConsoleMessages } from '../zh.ts'

/** Statements and their breaks, in English. */
export const statements: ConsoleMessages['statements'] = {
  title: 'Statements',
  none: 'No statements yet. Each is fetched automatically from 09:00 on the day after its clearing day.',
  day: 'Clearing day',
  state: 'State',
  lines: 'Lines',
  returned: 'Returned',
  fee: 'Fee',
  breaks: 'Differences',
  next: 'Next',
  open: (open, all) => `${open} open of ${all}`,
  states: {
    awaited: 'awaiting file',
    reconciled: 'reconciled',
    malformed: 'invalid file',
    missing: 'no file',
  },
  breakStates: { open: 'open', resolved: 'resolved', gone: 'not in a newer file' },
  kinds: {
    ours_only: 'Only in our records',
    theirs_only: 'Only in the statement',
    amount: 'Amount differs',
    state: 'State differs',
    duplicate: 'Duplicate',
    fee: 'Fee differs',
    adjustment: 'Adjustment',
    not_compared: 'Not compared',
  },
  what: {
    ours_only: 'Paid or unknown in our records, not in the file. Ask UnionPay, then decide.',
    theirs_only:
      'UnionPay booked it, but we have no such order. Check whether it belongs to another system or an older backup.',
    amount: 'The same order with two amounts. Ask UnionPay what was debited.',
    state: 'Not paid in our records, booked by UnionPay: the payer may have been debited.',
    duplicate: 'One order appears more than once: the payer may have paid twice.',
    fee: 'Not the agreed fee, or the settled amount does not add up.',
    adjustment: 'A line of UnionPay’s errors and disputes. Check UnionPay’s pages.',
    not_compared:
      'A line or a file of the statement that cannot be read or is about another merchant number. Its orders may show as “Only in our records”: check this first.',
  },
  ours: 'Ours',
  theirs: 'Theirs',
  unread: (lines, count) =>
    count === 0
      ? 'the whole file'
      : `line ${lines.join(', ')}${count > lines.length ? ` … (${count} lines)` : ''}`,
  repair: 'Action',
  actions: {
    mark_paid: 'Mark as paid',
    mark_not_paid: 'Mark as not paid',
    acknowledge: 'Acknowledge, change nothing',
  },
  note: 'Reason (stored with the difference)',
  preview: 'Preview',
  apply: 'Confirm',
  nothing: 'No order changes. Only this difference is closed.',
}
