import { createPublicKey } from 'node:crypto'
import type { InjectOptions } from 'fastify'
import { verbs } from '../../server/key-guard.ts'
import { createMerchant, startChargingWorld } from '../support/charging.ts'
import { createOperator } from '../support/operator.ts'
import { digestOf } from '../support/table-digest.ts'
import { must } from './target.ts'

/**
 * Errors that may be reported although the input did not cause them: UnionPay was called and did
 * not answer.
 */
const named_faults = ['unionpay_unavailable', 'sign_in_failed', 'overloaded']

export type Ground = Awaited<ReturnType<typeof openGround>>

/**
 * The whole product without jobs, so that only requests change rows; and valid messages about its
 * rows.
 */
export async function openGround() {
  const most = {
    RATE_LIMIT_LOGIN: '100000',
    RATE_LIMIT_SIGNING: '100000',
    RATE_LIMIT_API: '1000000',
  }
  const world = await startChargingWorld({ jobs: false, env: most })
  const nowhere = 'http://localhost:1/'
  const paid = await world.paid(450)
  await world.gateway.addRule({
    match: { amount_fen: 777 },
    effect: { kind: 'plain', notice: 'never' },
  })
  const untold = await world.signed()
  const open = await world.merchant.charge(untold.want(777))
  await world.booked(open.order_id)
  const results = await Promise.all(
    [paid.charge.order_id, open.order_id].map((order_id) =>
      world.gateway.probe({ order_id, url: nowhere }),
    ),
  )
  await world.control.change({ notice_url: nowhere })
  const contract = (await world.control.contracts()).find(
    (one) => one.user_id === untold.payer.wallet_user,
  )
  const { query } = await world.control.probe({
    contract_id: contract?.contract_id ?? '',
    signature: 'good',
  })
  const operator = await createOperator(world.url, world.database, 'fuzz', 'admin')
  await operator.signIn()
  const ticket = await world.ticket('U-fuzz')
  await (await world.payer()).call('POST', '/api/tickets', { ticket })
  let address = 0
  return {
    world,
    ticket,
    notice_keys: [createPublicKey(await world.control.noticeKey())],
    payments: results.map(({ sent }) => sent),
    termination: query,
    contract: untold.contract,
    charge: paid.charge.order_id,
    readPayment: (body: Buffer) => world.app.charges.payments.readNotification(body),
    signed_in: {
      ...paid.payer.credentials(),
      cookie: `wugan_session=${paid.payer.jar.get('wugan_session')}; ${operator.cookie()}`,
    },
    key: await world.key([...verbs]),
    digest: () => digestOf(world.database.pool, ['notifications']),
    /**
     * injects a request without a socket, each from another address; an internal error counts as
     * harm
     */
    async ask(request: InjectOptions): Promise<{ status: number; body: string }> {
      address = (address + 1) % 0xffffff
      const answer = await world.app.server.inject({
        ...request,
        remoteAddress: `10.${address >> 16}.${(address >> 8) & 255}.${address & 255}`,
      })
      const { statusCode: status, body } = answer
      must(
        status < 500 || named_faults.includes(answer.json().code),
        `${request.method} ${String(request.url)} was answered with ${status}: ${body}`,
      )
      return { status, body }
    },
    merchant: createMerchant(world.url, await world.key(['read'])),
    close: () => world.stop(),
  }
}
