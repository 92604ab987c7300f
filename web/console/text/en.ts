import type { ConsoleWords } from './zh.ts'

/** The console in English. */
export const en: ConsoleWords = {
  title: 'Console',
  nav: { today: 'Today', work: 'To do', morning: 'Statements', webhooks: 'Webhooks', plans: 'Plans', keys: 'Keys', audit: 'Audit', signOut: 'Sign out', language: '中文' },
  signIn: { lead: 'Operators sign in', name: 'Name', password: 'Password', action: 'Sign in', hint: 'An admin makes name and password with npm run operator.' },
  search: { label: 'Find', placeholder: 'order, merchant order, UnionPay, contract or user number', none: 'Nothing found. Is the number complete? The “Number” of a page with an error is not kept here: look for it in the server’s log, as reqId.', lead: (q: string) => `Results for “${q}”` },
  today: {
    successRate: 'Success rate', paid: 'Paid', refunded: 'Given back', open: 'Unknown', reviews: 'Need a person', toFinal: 'Time to final',
    hours: 'Charges of today by the hour', measures: { count: 'Charges', amount: 'Paid', rate: 'Success rate', took: 'Time to final (median)' }, most: (value: string) => `at most ${value}`, noCharges: 'No charge yet today.', openTitle: 'Orders without an outcome', noOpen: 'Every order has its outcome.', oldest: 'oldest', contracts: 'Contracts', signed: 'signed', ended: 'ended', signing: 'signing',
    notifications: 'Notifications of UnionPay', none: 'None yet.', pacing: 'Pace of queries', due: 'due', perMinute: (count: number) => `${count} a minute`, calm: 'normal', backsOff: (until: string) => `UnionPay wants it slower; silent until ${until}`, median: 'median', p95: '95 %',
    webhooks: 'Webhooks to your systems', waiting: 'not arrived', disabled: 'disabled endpoints', updated: (at: string) => `as of ${at}`, of: '',
  },
  waits: { notification: 'waits for the notification', statement: 'waits for the statement', person: 'waits for a person' },
  work: { approvals: 'Waiting for a second person', noApprovals: 'Nothing waits for a second person.', reviews: 'Waiting for a person', noReviews: 'No order and no contract needs a person.', allow: 'Allow', refuse: 'Refuse', askedBy: (name: string) => `asked by ${name}`, own: 'Yours: another operator decides', cutOff: (name: string) => `${name} allowed it, but it was cut off. Look at the order, then decide once more; nothing is done twice.` },
  states: { pending: 'pending', succeeded: 'succeeded', failed: 'failed', applying: 'signing', active: 'active', abandoned: 'abandoned', rejected: 'rejected', terminating: 'ending', terminated: 'ended' },
  kinds: { charge: 'charge', refund: 'refund', cancel: 'cancel', contract: 'contract', resolve: 'review', break: 'break' },
  sources: { merchant: 'merchant', answer: 'answer', notification: 'notification', query: 'query', statement: 'statement', job: 'system', person: 'person', start: 'start', return: 'return', apply: 'apply', info: 'info', relieve: 'relieve', notice: 'notice', sweep: 'sweep', payer: 'payer' },
  reviews: { failed_after_success: 'failed after success', succeeded_after_failure: 'succeeded after failure', differs_from_order: 'a message differs from the order', succeeded_with_defect: 'success with a defect (A6)', absent_from_statement: 'absent from the statement', unexplained: 'neither notification nor query nor statement told', contract_id_differs: 'UnionPay names another contract number; nothing is charged', sweep_stopped: 'the sweep would have ended too many and stopped', already_signed_elsewhere: 'UnionPay says signed, with the number of another signing', unionpay_silent: 'UnionPay never said what became of it', relieve_unknown: 'UnionPay has not confirmed the ending', relieve_refused: 'UnionPay refused the ending' },
  charge: {
    amount: 'Amount', user: 'User', plan: 'Plan', orderNo: 'Merchant order', merchantNo: 'Merchant number', orderId: 'Order at UnionPay', queryId: 'UnionPay number', clearing: 'Clearing day', accepted: 'Accepted', settled: 'Settled', code: 'Code', contract: 'Contract', description: 'For',
    history: 'What happened', refunds: 'Refunds and cancels', noRefunds: 'Nothing was given back.', messages: 'Messages of UnionPay', noMessages: 'No notification came yet.', repeats: (count: number) => `repeated ${count} times`, audit: 'Done by hand', noAudit: 'Nothing was done by hand.',
    review: 'A person has to look at this order', reviewNext: 'Compare UnionPay’s merchant pages with what happened below, then decide.', waitsPerson: 'Neither notification nor query nor statement gave an outcome. Ask UnionPay.', paid: 'It was paid', notPaid: 'It was not paid',
    refund: 'Give back', refundAmount: 'Amount in yuan', refundReason: 'Reason (the payer reads it)', refundAction: 'Give back', refundLeft: (left: string) => `${left} left`, wrongAmount: 'Above 0, not above what is left, two decimals at most.',
    waiting: 'Waiting for another operator.', done: 'Done.',
  },
  contract: { terminate: 'End contract', sure: 'Nothing can be charged afterwards; the person may sign again. End it?', yes: 'End it', no: 'Keep it', today: 'Used today', charges: 'Newest charges', noCharges: 'No charge yet.', id: 'Contract number', code: 'Our signing number', signedAt: 'Signed', endedAt: 'Ended', through: 'Signed through', review: 'A person has to look at this contract; the runbook says how. ', looked: 'Compared: go on as it is', sweepOn: 'Compared: let the sweep go on (takes all these marks away)' },
  morning: {
    title: 'Statements', none: 'No statement yet. From 09:00 of the day after, they are fetched by themselves.', day: 'Clearing day', state: 'State', lines: 'Lines', returned: 'Returned', fee: 'fee', breaks: 'Breaks', next: 'next', open: (open, all) => `${open} open of ${all}`,
    states: { awaited: 'awaited', reconciled: 'reconciled', malformed: 'malformed', missing: 'missing' },
    breakStates: { open: 'open', resolved: 'resolved', gone: 'gone from a newer file' },
    kinds: { ours_only: 'Only ours', theirs_only: 'Only theirs', amount: 'Amount differs', state: 'State differs', duplicate: 'Twice', fee: 'Fee differs', adjustment: 'Adjustment' },
    what: {
      ours_only: 'Paid or unknown here, not in the file. Ask UnionPay, then decide.', theirs_only: 'UnionPay booked it; there is no such order here. Another system, or an older backup?', amount: 'The same order with two amounts. Ask UnionPay what was debited.',
      state: 'Not paid here, booked there: the payer may have been debited.', duplicate: 'One order more than once: the payer may have paid twice.', fee: 'Not the agreed fee, or the settled amount does not add up.', adjustment: 'A line of UnionPay’s errors and disputes; look on their pages.',
    },
    ours: 'Ours', theirs: 'Theirs', repair: 'What to do', actions: { mark_paid: 'It was paid', mark_not_paid: 'It was not paid', acknowledge: 'Known, change nothing' }, note: 'Why (kept with the break)', look: 'Look first', apply: 'Do it',
    would: (order, from, to) => `Order ${order}: ${from} → ${to}`, nothing: 'No order changes; the break is closed.',
  },
  webhooks: {
    title: 'Webhooks', endpoints: 'Endpoints', noEndpoints: 'No endpoint yet. Add one with npm run webhook.', undelivered: 'Not delivered', allDelivered: 'Everything was delivered.', failing: (since) => `failing since ${since}`, replay: 'Send again',
    states: { active: 'active', disabled: 'disabled', pending: 'waits', given_up: 'given up', delivered: 'delivered' },
  },
  plans: { limits: 'Single / daily', active: 'Active contracts', notice: 'Address for termination notices', fixed: 'Fixed merchant numbers', any: 'any', accepts: 'Takes new contracts', yes: 'yes', no: 'no', form: 'Application form (附录1)', print: 'Print or save as PDF', back: 'All plans', missing: 'The plan catalogue has no such plan_id.', lead: 'Filled from the plan catalogue; type the rest below. What you type stays on this page and is not kept. The form itself is in Chinese, as UnionPay asks for it.' },
  certificates: { title: 'Certificates', name: 'Owner', number: 'Serial number', use: 'Use', left: 'Days left', days: (days: number) => (days < 0 ? 'expired' : days === 1 ? '1 day' : `${days} days`), role: { merchant: 'merchant signs', root: "UnionPay's root", middle: "UnionPay's middle" }, none: 'None are configured: charging is not set up, or it signs with a shared key.' },
  keys: { name: 'Name', verbs: 'May', plans: 'Plans', all: 'all', created: 'Made', revoke: 'Revoke', revoked: 'revoked', sure: 'It stops working at once and for good.', yes: 'Revoke', no: 'Keep' },
  audit: { when: 'When', who: 'Who', what: 'What', about: 'About', detail: 'Detail', more: 'Earlier', none: 'Nothing was done by hand yet.' },
  common: { loading: 'Loading…', retry: 'Try again', back: 'Back', masked: 'masked', request: 'number', refresh: 'Refresh' },
}
