import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ActionResult, ConsoleChargeView } from '../../server/api.ts'
import { changeOperator } from '../../server/console/operator-store.ts'
import { roles, type Role } from '../../server/console/operator.ts'
import { orderNo, refusal, startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import { createOperator, password, type ConsoleOperator } from '../support/operator.ts'
import { route_table } from '../support/route-table.ts'

let world: ChargingWorld
let by_role: Record<Role, ConsoleOperator>
beforeAll(async () => {
  world = await startChargingWorld({ env: { TWO_PERSON_ABOVE_FEN: '1000' } })
  const made = await Promise.all(
    roles.map((role) => createOperator(world.url, world.database, `attack-${role}`, role)),
  )
  for (const one of made) await one.signIn()
  by_role = Object.fromEntries(roles.map((role, at) => [role, made[at]])) as Record<
    Role,
    ConsoleOperator
  >
})
afterAll(() => world.stop())

/**
 * The lowest role that may do it; reading, and a preview, which changes nothing, are open to every
 * role.
 */
const needs = (method: string, path: string): Role =>
  method === 'GET' || path.endsWith('/preview')
    ? 'viewer'
    : path.includes('/keys/')
      ? 'admin'
      : 'operator'
const acting = route_table.filter(({ access, method }) => access === 'operator' && method !== 'GET')
const ask = async (
  operator: ConsoleOperator,
  order_id: string,
  amount_fen: number,
): Promise<string> => {
  const answer = await requestRefund(operator, order_id, amount_fen)
  if (answer.done) throw new Error('it was done at once')
  return answer.approval.id
}
const requestRefund = (operator: ConsoleOperator, order_id: string, amount_fen: number) =>
  operator.call<ActionResult>(
    'POST',
    `/charges/${order_id}/refunds`,
    { amount_fen, description: '退货' },
    { 'idempotency-key': orderNo() },
  )

describe('a role', () => {
  test.each(acting.map((line) => [line.path, line] as const))(
    'that is too low is refused at %s, and a sufficient one is not',
    async (path, line) => {
      const at = path.slice('/console/api'.length).replace(/:\w+/, '01KBN2V7Q4TZ8M3RXJ5W9GYHC6')
      for (const role of roles) {
        const code = await refusal(
          by_role[role].call(line.method, at, line.body, { 'idempotency-key': orderNo() }),
        )
        expect([role, code === 'role_too_low']).toEqual([
          role,
          roles.indexOf(role) < roles.indexOf(needs(line.method, path)),
        ])
      }
    },
  )
})

describe('one operator alone', () => {
  test('cannot approve a request of their own, not after signing in again, and not by a second request', async () => {
    const { charge } = await world.paid(2_000)
    const asker = by_role.operator
    const approval = await ask(asker, charge.order_id, 2_000)
    await asker.signIn()
    for (const allowed of [true, false])
      expect(await refusal(asker.call('POST', `/approvals/${approval}`, { allowed }))).toBe(
        'approval_own',
      )
    expect(await refusal(requestRefund(asker, charge.order_id, 1_999))).toBe('approval_pending')
    expect(
      await refusal(by_role.viewer.call('POST', `/approvals/${approval}`, { allowed: true })),
    ).toBe('role_too_low')
    expect(
      (await asker.call<ConsoleChargeView>('GET', `/charges/${charge.order_id}`)).charge.refunds,
    ).toEqual([])
  })
  test('cannot get two approvals out of one, however many approvers answer at once', async () => {
    const { charge } = await world.paid(3_000)
    const approval = await ask(by_role.operator, charge.order_id, 1_500)
    const pressed = await Promise.all(
      Array.from({ length: 6 }, () =>
        refusal(by_role.admin.call('POST', `/approvals/${approval}`, { allowed: true })),
      ),
    )
    expect(pressed.filter((said) => said !== 'approval_decided')).toHaveLength(1)
    const { refunds } = (
      await by_role.admin.call<ConsoleChargeView>('GET', `/charges/${charge.order_id}`)
    ).charge
    expect(refunds.map(({ amount_fen }) => amount_fen)).toEqual([1_500])
  })
  test('cannot stay below the limit with many requests at once', async () => {
    const { charge } = await world.paid(3_000)
    const asked = await Promise.all(
      Array.from({ length: 5 }, () =>
        requestRefund(by_role.operator, charge.order_id, 600).catch((error: Error) => error),
      ),
    )
    expect(asked.filter((answer) => !(answer instanceof Error) && answer.done)).toHaveLength(1)
  })
})

describe("an operator's cookie", () => {
  const overview = (cookie: string): Promise<number> =>
    fetch(`${world.url}/console/api/overview`, { headers: { cookie } }).then(({ status }) => status)
  const signIn = async (cookie: string): Promise<string> => {
    const answer = await fetch(`${world.url}/console/api/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ name: 'attack-admin', password }),
    })
    return answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  }
  test('that was set before the sign-in is not accepted after it', async () => {
    const planted = `wugan_console=${'P'.repeat(43)}`
    const given = await signIn(planted)
    expect(given).not.toBe(planted)
    expect([await overview(planted), await overview(given)]).toEqual([401, 200])
  })
  test('from an earlier session ends with a new sign-in in the same browser, and with the operator', async () => {
    const first = await signIn('')
    const second = await signIn(first)
    expect([await overview(first), await overview(second)]).toEqual([401, 200])
    await changeOperator(world.database.pool, 'attack-admin', { disabled: true })
    expect(await overview(second)).toBe(401)
  })
  test('is sent to the console only, is never readable by a script, and is never sent from another site', async () => {
    const dora = await createOperator(world.url, world.database, 'dora', 'viewer')
    const answer = await fetch(`${world.url}/console/api/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: dora.name, password }),
    })
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^wugan_console=[\w-]{43}; Path=\/console; HttpOnly; SameSite=Strict$/),
      expect.stringMatching(
        /^wugan_console_browser=[\w-]{43}; Max-Age=15552000; Path=\/console; HttpOnly; SameSite=Strict$/,
      ),
    ])
  })
})
