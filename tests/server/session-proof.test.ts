import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../support/charging.ts'
import { createPayer, type Payer } from '../support/payer.ts'
import { route_table } from '../support/route-table.ts'
import { plan, startWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({
    jobs: false,
    env: { RATE_LIMIT_SIGNING: '1000', RATE_LIMIT_LOGIN: '1000' },
  })
})
afterAll(() => world.stop())

const personal = route_table.filter(({ access }) => access === 'payer')
/** Sends a request with these headers; every personal route in turn. */
const codesOf = (headers: Record<string, string>): Promise<string[]> =>
  Promise.all(
    personal.map(async ({ method, path, body }) => {
      const answer = await fetch(
        `${world.url}${path.replace(/:\w+/, '01KBN2V7Q4TZ8M3RXJ5W9GYHC6')}`,
        {
          method,
          headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
          ...(body ? { body: JSON.stringify(body) } : {}),
        },
      )
      return ((await answer.json()) as { code?: string }).code ?? 'accepted'
    }),
  )
const cookieOf = (payer: Payer): Record<string, string> => ({
  cookie: `wugan_session=${payer.jar.get('wugan_session')}`,
})
/** Lets every proof of this browser's session rest for this long. */
const rest = (minutes: number): Promise<unknown> =>
  world.database.pool.query(
    `update session_proofs set used_at = used_at - make_interval(mins => $1)`,
    [minutes],
  )

describe('a cookie alone', () => {
  test('accesses no personal route and names nobody: the proof of this web view is required', async () => {
    const payer = await world.signedIn()
    await payer.sign(plan.vending)
    expect(new Set(await codesOf(cookieOf(payer)))).toEqual(new Set(['session_unproved']))
    payer.newWebView()
    expect(await payer.call('GET', '/api/session')).toEqual({ session: null, unproved: true })
    expect(await payer.call('GET', `/api/plans/${plan.vending}/contract`)).toEqual({
      contract: null,
    })
  })
  test('with a proof of another session, of another form or of no session has no access', async () => {
    const [payer, other] = [await world.signedIn(), await world.signedIn()]
    for (const proof of [other.credentials()['x-session-proof'] ?? '', 'P'.repeat(43), 'x', '']) {
      const headers = { ...cookieOf(payer), 'x-session-proof': proof }
      expect([proof, new Set(await codesOf(headers))]).toEqual([
        proof,
        new Set(['session_unproved']),
      ])
    }
  })
  test('can end its session: signing out needs no proof, and ends it for every web view', async () => {
    const payer = await world.signedIn()
    const proved = payer.credentials()
    payer.newWebView()
    await payer.call('DELETE', '/api/session')
    expect(new Set(await codesOf(proved))).toEqual(new Set(['not_signed_in']))
  })
})

describe('a code of the wallet', () => {
  test('proves the session of the same wallet, whose id stays, and which continues in both web views', async () => {
    const payer = await world.signedIn()
    const first = payer.credentials()
    payer.newWebView()
    const { session } = await payer.prove()
    expect(payer.jar.get('wugan_session')).toBe(
      /wugan_session=(.*)/.exec(first['cookie'] ?? '')?.[1],
    )
    expect(session.person).toBe((await payer.session())?.person)
    expect(await payer.contracts()).toEqual([])
    expect((await fetch(`${world.url}/api/contracts`, { headers: first })).status).toBe(200)
  })
  test('of another wallet ends the session and all its proofs; the current wallet sees and ends nothing of the first', async () => {
    const [first, second] = [await world.signedIn(), await world.payer()]
    const { signing_id } = await first.sign(plan.vending)
    const before = first.credentials()
    first.newWebView()
    const { session } = await first.prove(second.wallet_user)
    expect(session.person).not.toBe((await world.sameWallet(first).signIn()).person)
    expect(await first.contracts()).toEqual([])
    expect(await refusal(first.contract(signing_id))).toBe('not_found')
    expect(await refusal(first.terminate(signing_id))).toBe('not_found')
    expect(new Set(await codesOf(before))).toEqual(new Set(['not_signed_in']))
    const owner = world.sameWallet(first)
    await owner.signIn()
    expect((await owner.contract(signing_id)).state).toBe('active')
  })
  test('that UnionPay does not know proves nothing and ends nothing', async () => {
    const payer = await world.signedIn()
    expect(await refusal(payer.call('POST', '/api/session/proof', { code: 'forged' }))).toBe(
      'sign_in_failed',
    )
    expect(await payer.session()).not.toBeNull()
  })
  test('by redirect transfers the proofs of the other web views to the new id', async () => {
    const payer = await world.signedIn()
    const { 'x-session-proof': first } = payer.credentials()
    payer.newWebView()
    await payer.signIn()
    const headers = { ...cookieOf(payer), 'x-session-proof': first ?? '' }
    expect((await fetch(`${world.url}/api/contracts`, { headers })).status).toBe(200)
  })
})

describe('a proof', () => {
  test('that was unused for fifteen minutes is invalid; one that was used meanwhile stays valid', async () => {
    const payer = await world.signedIn()
    await rest(14)
    await payer.contracts()
    await rest(14)
    await payer.contracts()
    await rest(15)
    expect(new Set(await codesOf(payer.credentials()))).toEqual(new Set(['session_unproved']))
    await payer.prove()
    expect(await payer.contracts()).toEqual([])
  })
})

describe('a signing', () => {
  test('proves by its code whose wallet is open: the web view of the return shows the result', async () => {
    const payer = await world.signedIn()
    const { signing_page_url, signing_id } = await payer.start(plan.vending)
    payer.newWebView()
    const { proved } = await payer.back(await payer.decide(signing_page_url))
    expect(proved?.session.account.origin).toBe('made')
    expect((await payer.signing(signing_id)).state).toBe('succeeded')
  })
  test("answered by another wallet ends the starter's session; the wallet that answered is signed in and signs again", async () => {
    const [starter, other] = [await world.signedIn(), await world.payer()]
    const { signing_page_url, signing_id } = await starter.start(plan.vending)
    const before = starter.credentials()
    const query = await starter.decide(signing_page_url, 'agree', {}, other.wallet_user)
    expect(await starter.back(query)).toMatchObject({ state: 'failed', reason: 'wallet_foreign' })
    expect(new Set(await codesOf(before))).toEqual(new Set(['not_signed_in']))
    expect(await refusal(starter.signing(signing_id))).toBe('not_found')
    const again = await starter.start(plan.vending)
    const answer = await starter.decide(again.signing_page_url, 'agree', {}, other.wallet_user)
    expect((await starter.back(answer)).state).toBe('succeeded')
    const signed = (await world.control.contracts()).map(({ user_id }) => user_id)
    expect([signed.includes(other.wallet_user), signed.includes(starter.wallet_user)]).toEqual([
      true,
      false,
    ])
  })
  test('that returns to a browser without a session signs nobody in there', async () => {
    const payer = await world.signedIn()
    const { signing_page_url } = await payer.start(plan.vending)
    const elsewhere = createPayer(world.url, world.sandbox.url, payer.wallet_user)
    expect(await elsewhere.back(await payer.decide(signing_page_url))).toMatchObject({
      state: 'succeeded',
      proved: null,
    })
    expect(elsewhere.jar.size).toBe(0)
  })
  test('that returns once more shows its result only where the session is proved', async () => {
    const payer = await world.signedIn()
    const query = await payer.decide((await payer.start(plan.vending)).signing_page_url)
    await payer.back(query)
    expect((await payer.back(query)).state).toBe('succeeded')
    payer.newWebView()
    expect(await refusal(payer.back(query))).toBe('state_used')
  })
})

test('a ticket in a web view without a proof waits for the wallet, and is not shown to the earlier user', async () => {
  const [first, second] = [await world.signedIn(), await world.payer()]
  const before = first.credentials()
  first.newWebView()
  await first.call('POST', '/api/tickets', { ticket: await world.ticket('U-proof-1', '李雷') })
  const answer = await fetch(`${world.url}/api/session`, { headers: before })
  expect(await answer.json()).toMatchObject({ session: { pending_account: null } })
  const { session } = await first.prove(second.wallet_user)
  expect(session.pending_account).toMatchObject({ display_name: '李雷' })
})

test('consent given before the sign-in is reported once to the browser that returns from it', async () => {
  const payer = await world.payer()
  const back = async (agreed?: string): Promise<unknown> =>
    payer.call('POST', '/api/sign-in/return', {
      query: await payer.authorize(`/plans/${plan.vending}`, agreed),
    })
  expect(await back(plan.vending)).toMatchObject({
    return_to: `/plans/${plan.vending}`,
    agreed_plan_id: plan.vending,
  })
  expect(await back()).toMatchObject({ agreed_plan_id: null })
})
