import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Refused } from '../support/payer.ts'
import { startWorld, plan, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(async () => world.stop())

const send = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${world.url}${path}`, init)
const json = { 'content-type': 'application/json' }

test("the log line of a request carries the caller's trace id, and nothing that is no trace id", async () => {
  const trace_id = '4bf92f3577b34da6a3ce929d0e0e4736'
  await send('/api/nothing-traced', {
    headers: { traceparent: `00-${trace_id}-00f067aa0ba902b7-01` },
  })
  await send('/api/nothing-traced', { headers: { traceparent: `00-${trace_id}"}-x` } })
  const traced = world.log
    .map((line) => JSON.parse(line) as { trace_id?: string; status?: number })
    .filter((line) => line.trace_id !== undefined)
  expect(traced).toMatchObject([{ trace_id, status: 404 }])
})

describe('bad input', () => {
  test('a body of 1 MB is refused', async () => {
    const answer = await send('/api/sign-in', {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ return_to: 'x'.repeat(1_048_576) }),
    })
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      413,
      'body_too_large',
    ])
  })
  test('a notification of 1 MB is refused', async () => {
    const answer = await send('/notify/termination', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `a=${'x'.repeat(1_048_576)}`,
    })
    expect(answer.status).toBe(413)
  })
  test('missing, unknown, over-long and wrongly typed fields are named', async () => {
    const problem = async (body: unknown): Promise<unknown> =>
      (
        (await (
          await send('/api/sign-in/return', {
            method: 'POST',
            headers: json,
            body: JSON.stringify(body),
          })
        ).json()) as { fields: unknown }
      ).fields
    expect(await problem({})).toMatchObject([{ path: 'query' }])
    expect(await problem({ query: 'a', more: 1 })).toMatchObject([
      { path: 'more', problem: 'unknown field' },
    ])
    expect(await problem({ query: 'x'.repeat(5_000) })).toMatchObject([{ path: 'query' }])
    expect(await problem({ query: 7 })).toMatchObject([{ path: 'query' }])
  })
  test('a body that is not JSON is refused with a code and without a stack', async () => {
    const answer = await send('/api/sign-in', {
      method: 'POST',
      headers: json,
      body: '{"return_to":',
    })
    const text = await answer.text()
    expect([answer.status, JSON.parse(text).code]).toEqual([400, 'bad_request'])
    expect(text).not.toMatch(/at .*\.ts/)
  })
  test('an address that does not exist is answered in the same form', async () => {
    expect(await (await send('/api/nothing')).json()).toMatchObject({
      code: 'not_found',
      what_to_do: expect.any(String),
      request_id: expect.any(String),
    })
  })
  test('a call from another site is refused', async () => {
    const answer = await send('/api/sign-in', {
      method: 'POST',
      headers: { ...json, origin: 'https://evil.example' },
      body: '{"return_to":"/"}',
    })
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      403,
      'origin_refused',
    ])
  })
  test('a signature is only given to our own pages', async () => {
    expect(
      (
        await send('/api/bridge-signature', {
          method: 'POST',
          headers: json,
          body: JSON.stringify({ url: 'https://evil.example/' }),
        })
      ).status,
    ).toBe(400)
    const answer = await send('/api/bridge-signature', {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ url: `${world.url}/` }),
    })
    expect(await answer.json()).toMatchObject({
      app_id: world.settings.unionpay_app_id,
      signature: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
  })
})

describe('every answer', () => {
  test('has a policy that names our scripts and the allowed frame ancestors', async () => {
    const policy = (await send('/api/app')).headers.get('content-security-policy') ?? ''
    expect(policy).toContain(`script-src 'self';`)
    expect(policy).toContain(`frame-ancestors ${world.sandbox.url}`)
    expect(policy).not.toMatch(/script-src[^;]*unsafe/)
  })
  test('that is personal is never stored, nor is the answer that nobody is signed in', async () => {
    const payer = await world.signedIn()
    const signing = await payer.sign(plan.vending)
    const [contract] = await payer.contracts()
    const personal = [
      '/api/session',
      '/api/contracts',
      `/api/contracts/${contract?.id}`,
      `/api/contracts/${contract?.id}/unfinished`,
      `/api/plans/${plan.vending}/contract`,
      `/api/signings/${signing.signing_id}`,
      '/api/bills',
      '/api/bills/months',
      '/api/bills/summary',
      '/api/coming-debits',
      '/api/privacy/export',
    ]
    for (const path of personal) {
      const [known, nobody] = await Promise.all(
        [payer.credentials(), {}].map((headers) => send(path, { headers })),
      )
      expect([path, known?.status, known?.headers.get('cache-control')]).toEqual([
        path,
        200,
        'no-store',
      ])
      expect([path, nobody?.headers.get('cache-control')]).toEqual([path, 'no-store'])
    }
  })
  test("hides other users' contracts", async () => {
    const [payer, other] = [await world.signedIn(), await world.signedIn()]
    await payer.sign(plan.vending)
    const path = `/api/plans/${plan.vending}/contract`
    expect(await payer.call('GET', path)).toMatchObject({
      contract: { state: 'active', plan: { plan_id: plan.vending } },
    })
    for (const somebody of [other, await world.payer()])
      expect(await somebody.call('GET', path)).toEqual({ contract: null })
  })
  test('sets cookies as HttpOnly and Lax', async () => {
    const answer = await send('/api/sign-in', {
      method: 'POST',
      headers: json,
      body: '{"return_to":"/"}',
    })
    expect(answer.headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Lax$/)
  })
})

test('forged notifications from one address are slowed down, valid ones never', async () => {
  const payer = await world.signedIn()
  const signed = await payer.sign(plan.membership)
  const contract = (await world.control.contracts()).find(
    (c) => c.contract_code === signed.contract?.contract_code,
  )
  const statuses = new Set<number>()
  for (let count = 0; count < 40; count++)
    statuses.add((await send('/notify/termination?appId=x&signature=AAAA')).status)
  expect([...statuses]).toEqual([400, 429])
  expect(
    (await world.control.probe({ contract_id: contract?.contract_id ?? '', signature: 'good' }))
      .status,
  ).toBe(200)
  expect((await payer.contract(signed.signing_id)).state).toBe('terminated')
})

test('a clock that is six minutes off is refused by UnionPay and logged as such, and nothing is lost', async () => {
  const slow = await startWorld({ jobs: false })
  await slow.sandbox.control.advance(6 * 60_000)
  const payer = await slow.payer()
  const query = await payer.authorize()
  await expect(payer.call('POST', '/api/sign-in/return', { query })).rejects.toSatisfy(
    (error) => error instanceof Refused && error.view.code === 'unionpay_unavailable',
  )
  expect(slow.log.some((line) => /"code":"(BC0024|N60024|SG0024|S5002)"/.test(line))).toBe(true)
  await slow.stop()
})

test('readiness is negative while the server closes, liveness stays positive', async () => {
  const second = await world.secondServer()
  expect(await (await fetch(`${second.url}/health/ready`)).json()).toMatchObject({
    ready: true,
    database: true,
  })
  expect(await (await fetch(`${second.url}/health/live`)).json()).toEqual({ live: true })
  await second.close()
})

test('no cache in between stores what an API key reads', async () => {
  const key = await world.key(['read'])
  for (const path of [
    '/v1/charges',
    '/v1/contracts',
    '/v1/plans',
    '/v1/refunds',
    '/v1/statements',
  ]) {
    const answer = await fetch(`${world.url}${path}`, {
      headers: { authorization: `Bearer ${key}` },
    })
    expect([path, answer.status, answer.headers.get('cache-control')]).toEqual([
      path,
      200,
      'no-store',
    ])
  }
})
