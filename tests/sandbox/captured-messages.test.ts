import { createPublicKey, type KeyObject } from 'node:crypto'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { explainNotices } from '../../server/unionpay/choose-notices.ts'
import { loadCertificates } from '../../server/unionpay/gateway/keys.ts'
import { readMessages } from '../../server/unionpay/gateway/explain/choose-messages.ts'
import {
  explainMessages,
  type Evidence,
} from '../../server/unionpay/gateway/explain/explain-message.ts'
import type { Fields } from '../support/gateway-caller.ts'
import { startGatewayWorld, type GatewayWorld } from '../support/gateway-world.ts'
import { written_forms } from '../support/written-forms.ts'

let world: GatewayWorld
let evidence: Evidence
let captured: { request: Fields; answer: Fields; notification: Fields }
let notice: { fields: Fields; keys: KeyObject[] }
beforeAll(async () => {
  world = await startGatewayWorld()
  await world.begin()
  const { fields, answer } = await world.paid()
  const [notification = {}] = await world.notified()
  captured = { request: fields, answer, notification }
  await world.control.change({ notice_url: world.shop.url })
  await world.control.terminate(world.contract_id)
  const [, termination = {}] = await world.notified(2)
  notice = { fields: termination, keys: [createPublicKey(await world.control.noticeKey())] }
  const certificates = (name: string) =>
    loadCertificates([join(world.sandbox.settings.data_dir, 'acp', name)])
  evidence = {
    roots: certificates('acp_root.pem'),
    middles: certificates('acp_middle.pem'),
    verifying: [],
    owner_rule: 'strict',
    shared: {},
    at: new Date((await world.control.clock()).now),
  }
})
afterAll(() => world.stop())

const explain = (content: string | Buffer) =>
  explainMessages(readMessages(Buffer.from(content as string)), evidence)

describe('a message of the sandbox is read and verified, written as', () => {
  test.for(written_forms)('%s', ([, write]) => {
    for (const kind of ['answer', 'notification'] as const) {
      const found = explain(write(captured[kind]))
      expect(found.map(({ valid, form, problem }) => [kind, valid, form, problem])).toEqual([
        [kind, true, expect.any(String), null],
      ])
      expect(found[0].fields.map(({ name }) => name).toSorted()).toEqual(
        Object.keys(captured[kind]).toSorted(),
      )
    }
  })
})

const written = (name: string, fields: Fields): string =>
  String(written_forms.find(([form]) => form === name)?.[1](fields))

describe('a termination notice of the sandbox is read and verified, written as', () => {
  test.for(written_forms.filter(([name]) => !name.startsWith("UnionPay's")))('%s', ([, write]) => {
    const found = explainNotices(Buffer.from(write(notice.fields) as string), notice.keys)
    expect(found.map(({ valid, problem }) => [valid, problem])).toEqual([[true, null]])
  })
})

describe('a file with more than one message', () => {
  test('reports each of them, and one signed twice only once', () => {
    const { answer, notification } = captured
    const lines = [answer, notification, answer].map((one) => `${JSON.stringify(one)}\n`).join('')
    expect(explain(lines).map(({ valid }) => valid)).toEqual([true, true])
    const changed = { ...notification, txnAmt: '1' }
    expect(
      explain(written('PHP print_r', answer) + written('PHP print_r', changed)).map(
        ({ valid, problem }) => [valid, problem],
      ),
    ).toEqual([
      [true, null],
      [false, 'signature_wrong'],
    ])
  })
  test("skips the merchant's own request and says so", () => {
    const log =
      written("UnionPay's demo log, fields", captured.request) +
      written("UnionPay's demo log, answer", captured.answer) +
      written("UnionPay's demo log, signed text", captured.answer)
    const found = explain(log)
    expect(found.map(({ valid }) => valid)).toEqual([true])
    expect(found[0].remarks.join()).toContain(captured.request.orderId)
  })
  test('of mixed charsets: the log in GBK, the message signed in UTF-8', () => {
    const log = iconv.encode(written('Java map in a line of a log', captured.answer), 'gbk')
    expect(explain(log)).toMatchObject([{ valid: true, form: 'Java map, in a file in GBK' }])
  })
  test('checks at most fifty of them', () => {
    const many = Array.from({ length: 60 }, (_, place) =>
      JSON.stringify({ ...captured.answer, signature: `x${place}x`.padEnd(30, 'A') }),
    )
    const found = explain(many.join('\n'))
    expect([found.length, found[0].remarks.join()]).toEqual([50, expect.stringContaining('60')])
  })
})

test('no written form makes a changed message valid, and none repairs it without a remark', () => {
  const { answer } = captured
  for (const [name, write] of written_forms) {
    const changed = explain(write({ ...answer, orderId: `${answer.orderId}1` }))
    expect([name, changed.map(({ valid }) => valid)]).toEqual([name, [false]])
    expect([name, changed[0].causes.join()]).toEqual([
      name,
      expect.stringMatching(/right key signed it, but over another text/),
    ])
  }
  const lost = { ...answer, signPubKeyCert: (answer.signPubKeyCert ?? '').replaceAll('\r', '') }
  expect(explain(written('PHP print_r', lost))).toMatchObject([
    {
      valid: false,
      causes: expect.arrayContaining([expect.stringMatching(/CRLF: line ends were/)]),
    },
  ])
})

test('a text full of brackets and names takes at most a few times as long to read', () => {
  const noise = 'version=1&c=d {"x" [a=b (encoding: {"y":'.repeat(20_000)
  expect(explain(noise)).toMatchObject([{ valid: false }])
}, 60_000)
