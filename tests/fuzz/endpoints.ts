import fc from 'fast-check'
import { readTerminationNotice } from '../../server/unionpay/notice.ts'
import { route_table } from '../support/route-table.ts'
import type { Ground } from './environment.ts'
import { messages } from './mutate.ts'
import { must, target, type Target } from './target.ts'

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const visible = (bytes: Buffer): string =>
  bytes
    .toString('latin1')
    .replace(/[^\x20-\x7e]/g, (letter) => `%${letter.charCodeAt(0).toString(16).padStart(2, '0')}`)
const words = [
  '01KBN2V7Q4TZ8M3RXJ5W9GYHC6',
  '%00',
  '...',
  '%2e%2e%2f',
  '0',
  '-1',
  'x'.repeat(99),
  'a1f0c3d2e4b5968778695a4b3c2d1e04',
  '%E4%BA%BA',
  "' or 1=1 --",
]

/**
 * Messages that strangers send to the endpoints of a running server: none of them may change a row.
 */
export function doors(ground: Ground): Target[] {
  const { ask } = ground
  const elsewhere = fc.stringMatching(/^[a-z0-9]{8,32}$/)
  return [
    target('forged payment notifications', messages(ground.payments), async (body) => {
      // a message that is provably the same is no forgery: only the field order or the spelling of
      // a byte was changed
      if (ground.readPayment(body).kind === 'valid') return
      const { status } = await ask({
        method: 'POST',
        url: '/notify/payment',
        payload: body,
        headers: form,
      })
      must(status >= 400, 'a forgery was acknowledged')
    }),
    target(
      'forged termination notices',
      fc.tuple(messages([ground.termination]), fc.boolean()),
      async ([raw, posted]) => {
        const sent = visible(raw)
        if (readTerminationNotice(sent, ground.notice_keys).kind === 'valid') return
        const { status } = await ask(
          posted
            ? { method: 'POST', url: '/notify/termination', payload: sent, headers: form }
            : { method: 'GET', url: `/notify/termination?${sent}` },
        )
        must(status >= 400, 'a forgery was acknowledged')
      },
    ),
    target('tickets of strangers', messages([ground.ticket]), async (ticket) => {
      const { status } = await ask({
        method: 'POST',
        url: '/api/tickets',
        payload: { ticket: ticket.toString() },
      })
      must(status >= 400, 'a ticket was taken that nobody gave out, or a second time')
    }),
    target(
      'returns nobody began',
      fc.tuple(
        messages(['code=ab%2Bcd%2Fe%3D', 'errorcode=a31&errmsg=x']),
        elsewhere,
        fc.constantFrom('/api/sign-in/return', '/api/signings/return'),
        fc.boolean(),
      ),
      async ([query, state, url, signed_in]) => {
        const { status } = await ask({
          method: 'POST',
          url,
          payload: { query: `state=${state}&${query.toString()}` },
          headers: signed_in ? ground.signed_in : {},
        })
        must(status >= 400, 'a return was taken that nobody began')
      },
    ),
    target(
      'idempotency keys at a charge',
      fc.tuple(
        messages(['SHOP-20261122-0001']),
        fc.constantFrom('01KBN2V7Q4TZ8M3RXJ5W9GYHC6', ground.contract),
      ),
      async ([key, contract]) => {
        // the plan is not charged by this number, or there is no contract: both are refused, and
        // the key stays free
        const order = {
          merchant_order_no: 'FUZZ-1',
          amount_fen: 1,
          description: 'x',
          contract,
          merchant_no: '898310148160599',
        }
        const { status } = await ask({
          method: 'POST',
          url: '/v1/charges',
          payload: order,
          headers: { authorization: `Bearer ${ground.key}`, 'idempotency-key': visible(key) },
        })
        must(status >= 400, 'it was charged')
      },
    ),
    target(
      'bodies and addresses without a credential',
      fc.tuple(
        fc.constantFrom(
          ...route_table.filter(({ access }) => !['open', 'signed'].includes(access)),
        ),
        fc.oneof(
          fc.json(),
          messages(['{"plan_id":"a1f0c3d2e4b5968778695a4b3c2d1e04","agreed":true}']).map(String),
        ),
        fc.constantFrom(...words),
      ),
      async ([line, payload, word]) => {
        const closed = line.access !== 'visitor'
        const { status } = await ask({
          method: line.method,
          url: line.path.replace(/:\w+/, word),
          ...(line.method === 'GET'
            ? {}
            : { payload, headers: { 'content-type': 'application/json' } }),
        })
        must(closed ? [401, 404].includes(status) : true, `a stranger was answered with ${status}`)
      },
    ),
  ]
}

/**
 * Mistaken requests of a caller with every right: they may change rows, and must never be answered
 * with an internal error.
 */
export function mistakes(ground: Ground): Target {
  const acting = route_table.filter(
    ({ path }) => !/erasure|session|sign-in|webhook-endpoints\/:id\/test/.test(path),
  )
  const value = fc.oneof(
    fc.jsonValue(),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      '\0',
      '',
      -1,
      1e21,
      null,
      [],
      '2026-11-31',
      '2026-13-01T00:00:00Z',
      'x'.repeat(300),
    ),
  )
  const changed = fc.constantFrom(...acting).chain((line) =>
    fc.record({
      line: fc.constant(line),
      name: fc.constantFrom('more', '__proto__', 'constructor', ...Object.keys(line.body ?? {})),
      value,
      word: fc.constantFrom(...words, ground.contract, ground.charge),
      query: messages([
        'limit=5&cursor=01KBN2V7Q4TZ8M3RXJ5W9GYHC6&from=2026-11-22T00:00:00Z&q=x&month=2026-11',
        'state=pending&needs_review=true&user_id=U1&day=2026-11-22',
      ]),
    }),
  )
  return target(
    'mistakes with every right',
    changed,
    async ({ line, name, value: given, word, query }) => {
      await ground.ask({
        method: line.method,
        url: `${line.path.replace(/:\w+/, word)}${line.method === 'GET' ? `?${visible(query)}` : ''}`,
        headers: {
          authorization: `Bearer ${ground.key}`,
          ...ground.signed_in,
          'idempotency-key': 'fuzz',
          ...(line.method === 'GET' ? {} : { 'content-type': 'application/json' }),
        },
        ...(line.method === 'GET'
          ? {}
          : { payload: JSON.stringify({ ...line.body, [name]: given }) }),
      })
    },
  )
}
