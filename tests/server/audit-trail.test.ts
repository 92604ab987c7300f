import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ActionResult, WebhookEndpointView } from '../../server/api.ts'
import { applyDay } from '../../server/reconciliation/apply-day.ts'
import {
  createMerchant,
  orderNo,
  refusal,
  retail,
  startChargingWorld,
  type ChargingWorld,
} from '../support/charging.ts'
import { createOperator, type ConsoleOperator } from '../support/operator.ts'
import { route_table } from '../support/route-table.ts'

type Line = { author: string; action: string; subject: string; detail: Record<string, unknown> }
let world: ChargingWorld
let [anna, bob]: ConsoleOperator[] = []
let merchant: ReturnType<typeof createMerchant>
const secrets: string[] = []
const url = 'http://localhost:1/hooks'
beforeAll(async () => {
  world = await startChargingWorld({ own_database: true, env: { TWO_PERSON_ABOVE_FEN: '1000' } })
  ;[anna, bob] = [
    await createOperator(world.url, world.database, 'anna', 'admin'),
    await createOperator(world.url, world.database, 'bob', 'admin'),
  ]
  await Promise.all([anna.signIn(), bob.signIn()])
  merchant = createMerchant(world.url, await world.key(['read', 'resolve', 'webhooks']))
})
afterAll(async () => world.stop())

const sql = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
  (await world.database.pool.query<Row>(text, values)).rows
const lines = (): Promise<Line[]> =>
  sql<Line>('select author, action, subject, detail from audit_trail order by seq')
const by = (
  operator: ConsoleOperator | undefined,
  path: string,
  body: object = {},
): Promise<ActionResult> =>
  (operator as ConsoleOperator).call<ActionResult>('POST', path, body, {
    'idempotency-key': orderNo(),
  })
const stranger = (name: string): Promise<ConsoleOperator> =>
  createOperator(world.url, world.database, name, 'viewer')
const type = (command: string, ...words: string[]) =>
  promisify(execFile)(process.execPath, [`commands/${command}.ts`, ...words, '--author', 'carl'], {
    env: { PATH: process.env.PATH, DATA_DIR: world.settings.data_dir },
  })
const paid = async (amount_fen = 350): Promise<string> => {
  const { payer, charge } = await world.paid(amount_fen)
  secrets.push(payer.wallet_user)
  return charge.order_id
}
const inReview = async (amount_fen?: number): Promise<string> => {
  const order_id = await paid(amount_fen)
  await sql(
    `update charges set needs_review = true, review_reason = 'contradicted' where order_id = $1`,
    [order_id],
  )
  return order_id
}
const refundInReview = async (): Promise<string> => {
  const order_id = await paid()
  const refund = await world.merchant.refund(order_id)
  await world.merchant.settledRefund(order_id, refund.order_id)
  await sql(
    `update refunds set needs_review = true, review_reason = 'contradicted' where order_id = $1`,
    [refund.order_id],
  )
  return refund.order_id
}
const endpoint = async (): Promise<string> =>
  (await merchant.call<WebhookEndpointView>('POST', '/v1/webhook-endpoints', { url })).view.id
const delivery = async (): Promise<string> =>
  (
    await merchant.call<{ id: string }>(
      'POST',
      `/v1/webhook-endpoints/${await endpoint()}/test`,
      {},
    )
  ).view.id
const asked = async (): Promise<string> => {
  const result = await by(bob, `/charges/${await paid(1500)}/refunds`, {
    amount_fen: 1500,
    description: '退货',
  })
  return result.done ? '' : result.approval.id
}
const newest = async (table: string): Promise<string> =>
  (await sql<{ id: string }>(`select id from ${table} order by id desc limit 1`))[0]?.id ?? ''
const user = async (ended: boolean): Promise<string> => {
  const { payer, contract } = await world.signed()
  if (ended) await payer.terminate(contract)
  return (
    (
      await sql<{ user_id: string }>(
        'select user_id from users where id = (select user_ref from contracts where id = $1)',
        [contract],
      )
    )[0]?.user_id ?? ''
  )
}
const at = (verb: string) => async (): Promise<unknown> =>
  merchant.call(
    'POST',
    `/v1/webhook-endpoints/${await endpoint()}/${verb}`,
    verb === 'replay' ? { from: '2026-11-22T00:00:00Z' } : {},
  )
const words =
  (verb: string, ...more: string[]) =>
  async (): Promise<unknown> =>
    type('webhook', verb, await endpoint(), ...more)

/** A system with a key does not act as a person alone: the line names the key. */
const through_key = expect.stringMatching(/^dora \(API key test, [0-9A-Z]{26}\)$/) as string
/** Every manual action, how it is done, and the audit line it writes: action and actor. */
const operations: [
  operation: string,
  perform: () => Promise<unknown>,
  action: string,
  author?: string,
][] = [
  [
    'POST /console/api/charges/:order_id/refunds',
    async () =>
      by(anna, `/charges/${await paid()}/refunds`, { amount_fen: 350, description: '退货' }),
    'refund',
    'anna',
  ],
  ['POST /console/api/charges/:order_id/refunds, above the limit', asked, 'refund.asked', 'bob'],
  [
    'POST /console/api/approvals/:id',
    async () => by(anna, `/approvals/${await asked()}`, { allowed: true }),
    'refund.allowed',
    'anna',
  ],
  [
    'POST /console/api/approvals/:id, refused',
    async () => by(anna, `/approvals/${await asked()}`, { allowed: false }),
    'refund.refused',
    'anna',
  ],
  [
    'POST /console/api/approvals/:id/withdrawal',
    async () => by(bob, `/approvals/${await asked()}/withdrawal`),
    'refund.withdrawn',
    'bob',
  ],
  [
    'POST /console/api/charges/:order_id/resolution',
    async () => by(anna, `/charges/${await inReview()}/resolution`, { decision: 'paid' }),
    'resolve',
    'anna',
  ],
  [
    'POST /console/api/refunds/:order_id/resolution',
    async () => by(anna, `/refunds/${await refundInReview()}/resolution`, { decision: 'paid' }),
    'resolve',
    'anna',
  ],
  [
    'POST /console/api/contracts/:id/terminate',
    async () => by(anna, `/contracts/${(await world.signed()).contract}/terminate`),
    'contract.terminate',
    'anna',
  ],
  [
    'POST /console/api/contracts/:id/resolution',
    async () => {
      const { contract } = await world.signed()
      await sql('update contracts set needs_review = true where id = $1', [contract])
      await by(anna, `/contracts/${contract}/resolution`)
    },
    'contract.resolve',
    'anna',
  ],
  [
    'POST /console/api/keys/:id/revoke',
    async () => {
      await world.key(['read'])
      await by(anna, `/keys/${await newest('api_keys')}/revoke`)
    },
    'key.revoke',
    'anna',
  ],
  [
    'POST /console/api/webhooks/deliveries/:id/replay',
    async () => by(anna, `/webhooks/deliveries/${await delivery()}/replay`),
    'webhook.replay',
    'anna',
  ],
  [
    'POST /console/api/sign-in',
    async () => (await stranger('finn')).signIn(),
    'operator.sign_in',
    'finn',
  ],
  [
    'POST /console/api/sign-in, five times with a wrong password',
    async () => {
      const gina = await stranger('gina')
      for (let time = 1; time <= 5; time++)
        expect(await refusal(gina.signIn('wrong'))).toBe('operator_refused')
    },
    'operator.locked',
    'gina',
  ],
  [
    'DELETE /console/api/session',
    async () => {
      const hugo = await stranger('hugo')
      await hugo.signIn()
      await hugo.call('DELETE', '/session')
    },
    'operator.sign_out',
    'hugo',
  ],
  [
    'POST /v1/charges/:order_id/resolution',
    async () =>
      merchant.call('POST', `/v1/charges/${await inReview()}/resolution`, {
        decision: 'paid',
        author: 'dora',
      }),
    'resolve',
    through_key,
  ],
  [
    'POST /v1/refunds/:order_id/resolution',
    async () =>
      merchant.call('POST', `/v1/refunds/${await refundInReview()}/resolution`, {
        decision: 'paid',
        author: 'dora',
      }),
    'resolve',
    through_key,
  ],
  ['POST /v1/webhook-endpoints', endpoint, 'webhook.add'],
  [
    'DELETE /v1/webhook-endpoints/:id',
    async () => merchant.call('DELETE', `/v1/webhook-endpoints/${await endpoint()}`),
    'webhook.remove',
  ],
  ['POST /v1/webhook-endpoints/:id/disable', at('disable'), 'webhook.disable'],
  ['POST /v1/webhook-endpoints/:id/enable', at('enable'), 'webhook.enable'],
  ['POST /v1/webhook-endpoints/:id/rotation', at('rotation'), 'webhook.rotate'],
  ['POST /v1/webhook-endpoints/:id/test', at('test'), 'webhook.test'],
  ['POST /v1/webhook-endpoints/:id/replay', at('replay'), 'webhook.replay_since'],
  [
    'POST /v1/webhook-deliveries/:id/replay',
    async () => merchant.call('POST', `/v1/webhook-deliveries/${await delivery()}/replay`, {}),
    'webhook.replay',
  ],
  [
    'GET /api/privacy/export',
    async () => (await world.signed()).payer.call('GET', '/api/privacy/export'),
    'person.exported',
    'payer',
  ],
  [
    'POST /api/privacy/erasure',
    async () => {
      const { payer, contract } = await world.signed()
      await payer.terminate(contract)
      await payer.call('POST', '/api/privacy/erasure', { confirmed: true })
    },
    'person.erased',
    'payer',
  ],
  [
    'key create',
    () => type('key', 'create', '--name', 'till', '--verbs', 'read'),
    'key.create',
    'carl',
  ],
  ['operator create', () => type('operator', 'create', 'emil'), 'operator.create', 'carl'],
  ['operator reset', () => type('operator', 'reset', 'emil'), 'operator.reset', 'carl'],
  ['operator disable', () => type('operator', 'disable', 'emil'), 'operator.disable', 'carl'],
  ['operator enable', () => type('operator', 'enable', 'emil'), 'operator.enable', 'carl'],
  ['user export', async () => type('user', 'export', await user(false)), 'person.exported', 'carl'],
  ['user delete', async () => type('user', 'delete', await user(true)), 'person.erased', 'carl'],
  ['ticket', () => type('ticket', '--user', 'U77'), 'ticket.minted', 'carl'],
  ['double-payments', () => type('double-payments', '--apply'), 'orders.paid_twice', 'carl'],
  ['reseal', () => type('reseal'), 'data_key.resealed', 'carl'],
  [
    'reconcile',
    () => applyDay(world.app.reconciliation, retail, '2026-11-20', 'carl'),
    'statement.reconcile',
    'carl',
  ],
  ['webhook add', () => type('webhook', 'add', url), 'webhook.add', 'carl'],
  ['webhook rotate', words('rotate'), 'webhook.rotate', 'carl'],
  ['webhook test', words('test'), 'webhook.test', 'carl'],
  ['webhook disable', words('disable'), 'webhook.disable', 'carl'],
  ['webhook enable', words('enable'), 'webhook.enable', 'carl'],
  ['webhook remove', words('remove'), 'webhook.remove', 'carl'],
  ['webhook replay', words('replay', '2026-11-22T00:00:00Z'), 'webhook.replay_since', 'carl'],
]
/**
 * Routes and commands outside the table: they change nothing by hand, or another test checks their
 * line.
 */
const left_out: Record<string, string> = {
  'POST /console/api/breaks/:id/preview': 'changes nothing',
  'POST /console/api/charges/:order_id/preview': 'changes nothing',
  'POST /console/api/refunds/:order_id/preview': 'changes nothing',
  'POST /console/api/breaks/:id/resolution':
    'tests/server/break-repairs.test.ts: the repair changes the order and leaves a line in the audit trail',
  openapi: 'changes nothing: writes down the routes',
  backup: 'tests/server/backup.test.ts: payments before the backup exist after the restore',
  restore: 'tests/server/backup.test.ts: payments before the backup exist after the restore',
}

test.each(operations)('%s writes its audit line', async (_operation, perform, action, author) => {
  const before = (await lines()).length
  await perform()
  const mine = (await lines()).slice(before).filter((line) => line.action === action)
  expect(mine).toEqual([expect.objectContaining(author ? { author } : { action })])
  if (!author)
    expect(await sql('select id from api_keys where id = $1', [mine[0]?.author])).toHaveLength(1)
})

test('the table has every changing route of the console, webhooks and resolutions, and every command that opens the database', () => {
  const named = operations.map(([operation]) => operation)
  const routes = route_table
    .filter(
      ({ method, path, access }) =>
        method !== 'GET' &&
        (access === 'operator' || /webhook|\/v1\/(charges|refunds)\/.*resolution/.test(path)),
    )
    .map(({ method, path }) => `${method} ${path}`)
  const commands = readdirSync('commands')
    .filter(
      (file) =>
        file.endsWith('.ts') &&
        readFileSync(`commands/${file}`, 'utf8').match(
          /openDatabase\(|makeBackup\(|restoreBackup\(/,
        ),
    )
    .map((file) => file.replace('.ts', ''))
  const missing = [...routes, ...commands].filter(
    (one) =>
      !(one in left_out) &&
      !named.some(
        (operation) =>
          operation === one || operation.startsWith(`${one} `) || operation.startsWith(`${one},`),
      ),
  )
  expect(missing).toEqual([])
  for (const [, where, title] of Object.values(left_out).flatMap((why) => [
    ...why.matchAll(/^(tests\/\S+): (.+)$/g),
  ]))
    expect(readFileSync(where ?? '', 'utf8')).toContain(title)
})

test('a refused or repeated action writes no audit line', async () => {
  const { payer, contract } = await world.signed()
  const before = (await lines()).length
  await payer.terminate(contract)
  await by(anna, `/contracts/${contract}/terminate`)
  const none = '01KBN2V7Q4TZ8M3RXJ5W9GYHC6'
  for (const path of [
    `/charges/${none}/refunds`,
    `/contracts/${none}/terminate`,
    `/keys/${none}/revoke`,
    `/approvals/${none}`,
    `/webhooks/deliveries/${none}/replay`,
  ]) {
    expect(
      await refusal(
        by(
          anna,
          path,
          path.includes('refunds')
            ? { amount_fen: 1, description: 'x' }
            : path.includes('approvals')
              ? { allowed: true }
              : {},
        ),
      ),
    ).toBe('not_found')
  }
  await expect(type('operator', 'disable', 'nobody')).rejects.toThrow('there is no operator')
  expect(await lines()).toHaveLength(before)
})

test('the audit trail holds internal ids only: nothing that identifies a payer, a wallet, a contract at UnionPay or a purchase', async () => {
  const numbers = (await world.control.contracts()).flatMap(({ contract_id, open_id }) => [
    contract_id,
    open_id,
  ])
  const people = (
    await sql<{ user_id: string; display_name: string | null }>(
      'select user_id, display_name from users',
    )
  ).flatMap(({ user_id, display_name }) => [user_id, display_name ?? user_id])
  const bought = (
    await sql<{ description: string }>(
      'select description from charges union select description from refunds',
    )
  ).map(({ description }) => description)
  const text = (await lines())
    .map(({ subject, detail }) => `${subject} ${JSON.stringify(detail)}`)
    .join('\n')
  expect(numbers.length).toBeGreaterThan(10)
  for (const secret of [...numbers, ...people, ...bought, ...secrets, '付款人'])
    expect(text).not.toContain(secret)
})
