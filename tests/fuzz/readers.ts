import { generateKeyPairSync, sign } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { readIdempotencyKey } from '../../server/transactions/idempotency.ts'
import { Refusal } from '../../server/errors.ts'
import { systemRandom } from '../../server/kernel/ids.ts'
import { mintTicket, readTicket } from '../../server/sign-in/ticket.ts'
import { readTerminationNotice } from '../../server/unionpay/notice.ts'
import { readReturnQuery } from '../../server/unionpay/return-query.ts'
import { stringToSign } from '../../server/unionpay/signature.ts'
import { failure, normaliseError, normaliseValue } from '../../web/bridge/normalise-error.ts'
import { readUserAgent } from '../../web/bridge/user-agent.ts'
import { readArrival } from '../../web/arrival/arrival.ts'
import { now } from '../support/acp-authority.ts'
import { messages } from './mutate.ts'
import { must, target, thrownBy, type Target } from './target.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const notice = {
  appId: '5ab0c0de5ab0c0de5ab0c0de5ab0c0de',
  contractCode: '01KBN2V7Q4TZ8M3RXJ5W9GYHC6',
  contractId: '6218400000000000012',
  nonceStr: 'abcdefghijklmnop',
  openId: 'abc+/def==',
  operateTime: '2026-11-22 10:00:00',
  planId: 'a1f0c3d2e4b5968778695a4b3c2d1e04',
  timestamp: '1700000000',
}
const signed = {
  ...notice,
  signature: sign('sha256', Buffer.from(stringToSign(notice)), privateKey).toString('base64'),
}
const sent = Object.entries(signed)
  .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  .join('&')
const truth = readTerminationNotice(sent, [publicKey])

const secret = new TextEncoder().encode('a-secret-of-at-least-thirty-two-letters')
const clock = { now: () => now }
const ticket = await mintTicket(
  { user_id: 'U1001', display_name: '张三' },
  secret,
  clock,
  systemRandom,
)
const ticket_truth = await readTicket(ticket, secret, clock)

/** The parsers of input from a phone, its wallet or the open platform's notices. */
export const readers: Target[] = [
  target('termination notices', messages([sent]), (raw) => {
    const reading = readTerminationNotice(raw.toString(), [publicKey])
    must(
      reading.kind === 'invalid' ||
        (truth.kind === 'valid' && isDeepStrictEqual(reading.notice, truth.notice)),
      `a changed notice was believed: ${JSON.stringify(reading)}`,
    )
  }),
  target('tickets', messages([ticket, ...ticket.split('.')]), async (text) => {
    const error = await thrownBy(async () =>
      must(
        isDeepStrictEqual(await readTicket(text.toString(), secret, clock), ticket_truth),
        'a changed ticket was believed',
      ),
    )
    must(
      error === null || (error instanceof Refusal && error.code.startsWith('ticket_')),
      String(error),
    )
  }),
  target(
    'return queries',
    messages([
      'code=ab%2Bcd%2Fe%3D&state=abcdefghijklmnop',
      'errorcode=a31&errmsg=%E6%8B%92&state=abc',
    ]),
    (raw) => {
      const { state, code, error } = readReturnQuery(raw.toString())
      must(
        [state, code].every((one) => one === null || (one.length > 0 && one.length <= 4096)) &&
          (error === null || /^\w{0,32}$/.test(error.code)),
        'a return was read as nonsense',
      )
    },
  ),
  target(
    'idempotency keys',
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom<string | string[] | undefined>(undefined, ['a', 'b']),
      messages(['SHOP-20261122-0001']).map(String),
    ),
    async (header) => {
      const error = await thrownBy(() =>
        must(readIdempotencyKey(header) === header && header.length <= 255, 'a key was changed'),
      )
      must(
        error === null || (error instanceof Refusal && error.code === 'idempotency_key_missing'),
        String(error),
      )
    },
  ),
  target(
    'bridge messages',
    fc.oneof(
      fc.anything(),
      fc.jsonValue(),
      messages([
        '{"errcode":"c05","errmsg":"请先调用config"}',
        '{"msg":"{\\"code\\":\\"03\\",\\"desc\\":\\"x\\"}"}',
      ]).map(String),
    ),
    (value) => {
      const error = normaliseError(value)
      must(
        (error.code === null || typeof error.code === 'string') &&
          typeof error.message === 'string',
        'an error of the wallet has no text',
      )
      must(
        ['failed', 'cancelled'].includes(failure(value).outcome),
        'an error of the wallet is no failure',
      )
      normaliseValue(value)
    },
  ),
  target(
    'user agents',
    messages([
      'Mozilla/5.0 (Linux; wv) Chrome/135.0 (com.unionpay.mobilepay) (cordova 7.0.0) (version 1022)(UnionPay/1.0 CloudPay)',
    ]).map(String),
    (agent) => {
      const { version } = readUserAgent(agent)
      must(
        version === null || Number.isFinite(version) || version === Infinity,
        'a version is no number',
      )
    },
  ),
  target(
    'addresses of the page',
    fc.tuple(
      messages(['?a=1&ticket=abc', '?code=x&state=y']),
      messages(['#ticket=abc', '#/plans/x?ticket=abc']),
      fc.constantFrom('/', '/return/sign-in', '/return/signing', '/x'),
    ),
    ([search, hash, pathname]) => {
      const { arrival, clean } = readArrival({
        pathname,
        search: search.toString(),
        hash: hash.toString(),
      })
      must(arrival.kind === 'plain' || clean !== null, 'what an address brought stays in it')
    },
  ),
]
