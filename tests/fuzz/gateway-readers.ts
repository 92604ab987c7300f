import { isDeepStrictEqual } from 'node:util'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { readMessages } from '../../server/unionpay/gateway/explain/choose-messages.ts'
import { isRight } from '../../server/unionpay/gateway/explain/find-causes.ts'
import { readDirect } from '../../server/unionpay/gateway/operation.ts'
import { readPayment } from '../../server/unionpay/gateway/payment.ts'
import { openSpool, TooLarge } from '../../server/unionpay/gateway/spool.ts'
import type { HttpPool } from '../../server/unionpay/http-pool.ts'
import { expectedOf } from '../../server/unionpay/operations/charge.ts'
import { operations } from '../../server/unionpay/operations/index.ts'
import { createBareCall } from '../../server/unionpay/platform.ts'
import { readZmeLine, readZmLine } from '../../server/unionpay/statement/line.ts'
import { Malformed } from '../../server/unionpay/statement/malformed.ts'
import { readStatementLines } from '../../server/unionpay/statement/statement-file.ts'
import { unpackZip } from '../../server/unionpay/statement/unpack.ts'
import { createTransport } from '../../server/unionpay/transport.ts'
import {
  asAnswer,
  asForm,
  makeAuthority,
  now,
  paid,
  signAsUnionPay,
} from '../support/acp-authority.ts'
import { fileContentOf, statementZip, zmeLine, zmLine } from '../support/statement-file.ts'
import { written_forms } from '../support/written-forms.ts'
import { messages } from './mutate.ts'
import { must, target, thrownBy, type Target } from './target.ts'
import { gatewayUnder } from '../support/gateway-under.ts'

const merchant = paid.merId
const authority = makeAuthority()

/** What the other end of a UnionPay connection sends next. */
let answer: Buffer = Buffer.alloc(0)
const wire = (): HttpPool => ({
  request: (async () => ({
    statusCode: 200,
    headers: {},
    body: { arrayBuffer: async () => answer, text: async () => answer.toString() },
  })) as unknown as HttpPool['request'],
  destroy: async () => {},
})
const gateway = gatewayUnder(authority, merchant, {
  base_url: 'http://localhost:1',
  answer_timeout_ms: 1_000,
  connections: 1,
  open_pool: wire,
})
const call = createBareCall(
  createTransport({
    base_url: 'http://localhost:1',
    answer_timeout_ms: 1_000,
    connections: 1,
    open_pool: wire,
  }),
  'app',
  () => {},
  () => 0,
)

const truth = signAsUnionPay(paid, authority.leaf())
const expected = expectedOf(
  { merchant, order_id: paid.orderId, txn_time: paid.txnTime, amount_fen: 350 },
  '01',
)
const older = signAsUnionPay({ ...paid, encoding: 'GBK', respMsg: 'ok' }, authority.leaf())
/** The signature's own Base64 has more than one valid spelling. */
const isTrue = (fields: Readonly<Record<string, string>>): boolean =>
  [truth, older].some((one) =>
    isDeepStrictEqual({ ...fields, signature: '' }, { ...one, signature: '' }),
  )

const evidence = {
  roots: authority.roots,
  middles: authority.middles,
  verifying: [],
  owner_rule: 'strict' as const,
  shared: {},
  at: now,
}

const folder = mkdtempSync(join(tmpdir(), 'wugan-fuzz-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
async function inSpool<Result>(
  bytes: Buffer,
  use: (spool: Awaited<ReturnType<typeof openSpool>>) => Promise<Result>,
): Promise<Result> {
  const spool = await openSpool(folder, 4_000_000)
  try {
    await spool.append(bytes)
    return await use(spool)
  } finally {
    await spool.close()
  }
}
const isExpected = (error: unknown): boolean =>
  error === null || error instanceof Malformed || error instanceof TooLarge
const zip = statementZip(
  [
    zmLine({ order_id: 'A0000001', amount_fen: 350 }),
    zmLine({ order_id: 'A0000002', txn_type: '04' }),
  ],
  [zmeLine()],
)

/** The parsers of input from UnionPay's gateway, its file host and the open platform's answers. */
export const gatewayReaders: Target[] = [
  target('payment notifications', messages([asForm(truth), asForm(older)]), (body) => {
    const reading = gateway.readNotification(body)
    must(
      reading.kind === 'invalid' || isTrue(reading.fields),
      `a changed notification was believed: ${JSON.stringify(reading).slice(0, 400)}`,
    )
    if (reading.kind === 'valid') readPayment(reading.fields)
  }),
  target(
    'captured messages',
    messages([
      asForm(truth),
      JSON.stringify(truth),
      ...written_forms.map(([, write]) => write(truth)),
    ]),
    (bytes) => {
      for (const { reading } of readMessages(bytes))
        must(
          reading.kind === 'unreadable' || !isRight(reading, evidence) || isTrue(reading.fields),
          `a changed capture was confirmed: ${JSON.stringify(reading).slice(0, 400)}`,
        )
    },
  ),
  target(
    'answers of the gateway',
    messages([asAnswer(truth), asAnswer(older), asForm(truth), 'respCode=00&respMsg=ok', '<html>']),
    async (body) => {
      answer = body
      const read = await gateway.send('/gateway/api/backTransReq.do', {
        merId: merchant,
        orderId: paid.orderId,
        txnType: '01',
      })
      must(
        read.kind === 'none' || isTrue(read.fields),
        `a changed answer was believed: ${JSON.stringify(read).slice(0, 400)}`,
      )
      if (read.kind === 'answer')
        must(readDirect(read.fields, expected).kind !== 'failed', 'an answer was turned round')
    },
  ),
  target(
    'answers of the open platform',
    messages([
      '{"resp":"00","msg":"成功","params":{"openId":"o","accessToken":"t","contractId":"6218","contractStatus":"1","operateTime":"2026-11-22 10:00:00"}}',
      '{"resp":"a31","msg":""}',
    ]),
    async (body) => {
      answer = body
      for (const operation of Object.values(operations)) {
        const outcome = await call(operation as Parameters<typeof call>[0], {
          code: 'x',
          open_id: 'o',
          plan_id: 'p',
          access_token: 't',
          contract_code: 'c',
          contract_id: 'i',
          operated_at: now,
        })
        must(
          ['done', 'refused', 'unknown'].includes(outcome.kind),
          `an answer came to ${outcome.kind}`,
        )
      }
    },
  ),
  target(
    'lines of a statement',
    messages([zmLine({ order_id: 'A0000001' }), zmeLine()]),
    async (line) => {
      for (const read of [() => readZmLine(line, merchant), () => readZmeLine(line)]) {
        const error = await thrownBy(() => {
          const { amount_fen, fee_fen, settled_fen } = read()
          must(
            amount_fen >= 0 && [amount_fen, fee_fen, settled_fen].every(Number.isSafeInteger),
            'an amount is none',
          )
        })
        must(isExpected(error), String(error))
      }
    },
  ),
  target('zip files of a statement', messages([zip]), async (bytes) => {
    const error = await thrownBy(() =>
      inSpool(bytes, async (spool) => {
        for await (const lines of readStatementLines(spool, merchant, () => {}))
          must(
            lines.every((line) => line.amount_fen >= 0),
            'an amount is none',
          )
      }),
    )
    must(isExpected(error), String(error))
  }),
  target(
    'contents of the file host',
    fc.oneof(
      messages([fileContentOf(zip)]),
      messages([zip]).map((bytes) => Buffer.from(fileContentOf(bytes))),
    ),
    async (bytes) => {
      const error = await thrownBy(() =>
        inSpool(bytes, (spool) =>
          inSpool(Buffer.alloc(0), (out) =>
            unpackZip(spool, { start: 0, end: spool.length() }, out),
          ),
        ),
      )
      must(isExpected(error), String(error))
    },
  ),
]
