import type { BillView, ContractView } from '../../server/api.ts'
import { askAs, pick, type Answered } from './merchant.ts'
import { names, walletOf } from './payers.ts'
import type { Action } from './plan.ts'
import type { Simulation } from './world.ts'

/** How long a proof stays valid without use: SESSION_IDLE_MINUTES. */
const idle_ms = 15 * 60_000

/** What a web view holds once it proved whose wallet is open. */
type Proof = { secret: string; of: string; used_ms: number; under_way: number }
type WebView = { proof: Proof | null }

/** A phone whose wallet changes users. Its web views share the cookies. */
export type Phone = {
  wallet: string
  cookies: Map<string, string>
  views: WebView[]
  /** sessions that ended when another wallet was proved, each with one of its proofs */
  ended: { cookie: string; proof: Proof }[]
}

export const createPhones = (): Phone[] =>
  names.slice(0, 2).map((wallet) => ({ wallet, cookies: new Map(), views: [], ended: [] }))

const cookiesOf = (phone: Phone): string =>
  [...phone.cookies].map(([name, value]) => `${name}=${value}`).join('; ')

function keepCookies(phone: Phone, lines: readonly string[]): void {
  for (const line of lines) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (value === '') phone.cookies.delete(name)
    else phone.cookies.set(name, value)
  }
}

/**
 * The sandbox's own page in this phone's wallet; a browser gives its cookies to all ports of a
 * host.
 */
async function atSandbox(
  { environment, turns }: Simulation,
  phone: Phone,
  url: string,
  payload: object,
): Promise<{ code: string }> {
  const answer = await turns.outside(() =>
    environment.unionpay.inject({
      method: 'POST',
      url,
      payload,
      headers: { cookie: `sandbox_wallet=${phone.wallet}; ${cookiesOf(phone)}` },
    }),
  )
  keepCookies(
    phone,
    [answer.headers['set-cookie'] ?? []]
      .flat()
      .filter((line) => !line.startsWith('sandbox_wallet')),
  )
  return answer.json()
}

/** Proves whose wallet is open, by a code that the wallet's script returns. */
async function prove(
  world: Simulation,
  process: number,
  phone: Phone,
  view: WebView,
): Promise<void> {
  const of = phone.wallet
  const { code } = await atSandbox(world, phone, '/_pages/bridge/applet-auth', {})
  const cookie = cookiesOf(phone)
  const others = phone.views.flatMap(({ proof }) => (proof && proof.of !== of ? [proof] : []))
  const answer = await askAs<{ proof: string }>(
    world,
    process,
    'POST',
    '/api/session/proof',
    { code },
    { cookie },
  )
  if (answer?.status !== 200) return
  keepCookies(phone, answer.set_cookies)
  if (cookie !== '') phone.ended.push(...others.map((proof) => ({ cookie, proof })))
  const used_ms = world.environment.clock.nowMs()
  view.proof = { secret: answer.view.proof, of, used_ms, under_way: 0 }
}

type Personal = { contracts?: ContractView[]; bills?: BillView[]; id?: string; contract?: string }

/** Contracts that an answer shows, or shows a part of. */
const shownIn = ({ contracts = [], bills = [], id, contract }: Personal): string[] => [
  ...contracts.map((one) => one.id),
  ...bills.map((one) => one.contract),
  ...[contract ?? id ?? []].flat(),
]

/** Requests something personal and checks what is shown. */
async function askPersonal(
  world: Simulation,
  process: number,
  phone: Phone,
  proof: Proof | null,
  [method, url]: Question,
  cookie = cookiesOf(phone),
): Promise<Answered<Personal> | null> {
  const { clock } = world.environment
  const breach = (rule: string): void =>
    void world.breaches.push({ rule, what: `${method} ${url}, ${proof?.of ?? 'unproved'}` })
  const rested =
    proof === null || (proof.under_way === 0 && clock.nowMs() - proof.used_ms >= idle_ms)
  const is_over = phone.ended.some((one) => one.cookie === cookie && one.proof === proof)
  if (proof) proof.under_way++
  const answer = await askAs<Personal>(
    world,
    process,
    method,
    url,
    method === 'POST' ? {} : undefined,
    { cookie, ...(proof ? { 'x-session-proof': proof.secret } : {}) },
  )
  if (proof) Object.assign(proof, { used_ms: clock.nowMs(), under_way: proof.under_way - 1 })
  if (answer?.status !== 200) return answer
  if (rested) breach('a web view that proved nothing, or long ago, sees nothing personal')
  if (is_over) breach('a session ends when another wallet is proved')
  for (const contract of shownIn(answer.view))
    if (world.signers.get(contract) !== proof?.of)
      breach(`nobody sees what belongs to another wallet`)
  return answer
}

type Question = readonly ['GET' | 'POST', string]

/**
 * The requested resources; the ids may belong to anybody, as in an old link or a stranger's
 * request.
 */
function questionOf(world: Simulation, { b, c }: Action): Question {
  const contract = pick([...world.signers.keys()], b) ?? ''
  const order_id = pick(
    world.intents.flatMap((one) => [...one.answers.values()]),
    b,
  )
  const questions: Question[] = [
    ['GET', '/api/contracts'],
    ['GET', '/api/bills'],
    ...(order_id ? [['GET', `/api/bills/${order_id}`] as const] : []),
    ...(contract ? [['GET', `/api/contracts/${contract}`] as const] : []),
    ...(contract ? [['POST', `/api/contracts/${contract}/terminate`] as const] : []),
  ]
  return pick(questions, c) as Question
}

export const phones = {
  /**
   * A payer opens a page in a web view, an old one or a new one; the page requests again what it
   * may not show before the wallet is proved.
   */
  look(world: Simulation, action: Action) {
    const { process, a, b } = action
    const phone = pick(world.phones, a) as Phone
    walletOf(world, phone.wallet)
    const is_new = b % 2 === 0 || phone.views.length === 0
    const view = is_new ? { proof: null } : (pick(phone.views, b) as WebView)
    if (is_new) phone.views.push(view)
    const question = questionOf(world, action)
    const [method, url] = question
    const before = pick(phone.ended, a)
    return {
      words: `${phone.wallet} asks ${method} ${url.replace(/[0-9A-Z]{20}(?=[0-9A-Z]{6})/, '…')} in ${is_new ? 'a new' : 'an old'} web view`,
      async work() {
        const asked = async (): Promise<number | undefined> => {
          const { proof } = view
          if (method === 'POST' && proof && world.signers.get(url.split('/')[3] ?? '') === proof.of)
            world.ended_on_page.add(url.split('/')[3] ?? '')
          return (await askPersonal(world, process, phone, proof, question))?.status
        }
        if (before)
          await askPersonal(
            world,
            process,
            phone,
            before.proof,
            ['GET', '/api/bills'],
            before.cookie,
          )
        if ((await asked()) !== 401) return
        await prove(world, process, phone, view)
        await asked()
      },
    }
  },
  /** Another user signs in to the wallet of this phone. */
  switch(world: Simulation, { a, b, c }: Action) {
    const phone = pick(world.phones, a) as Phone
    const next = pick(
      names.filter((name) => name !== phone.wallet),
      b,
    ) as string
    const cookies = c % 2 === 0 ? 'kept' : 'cleared'
    walletOf(world, phone.wallet)
    walletOf(world, next)
    return {
      words: `the wallet of ${phone.wallet}’s phone is ${next}’s now, cookies ${cookies}`,
      async work() {
        await atSandbox(world, phone, '/_control/wallet/user', { user_id: next, cookies })
        phone.wallet = next
      },
    }
  },
}

/** Contracts were ended only on pages of a web view that proved its owner's wallet. */
export async function checkEndings(world: Simulation): Promise<void> {
  const { rows } = await world.environment.lines.look.query<{ contract_ref: string }>(
    `select contract_ref from contract_history where to_state = 'terminating' and source = 'payer'`,
  )
  for (const { contract_ref } of rows)
    if (!world.ended_on_page.has(contract_ref))
      world.breaches.push({ rule: 'nobody ends what belongs to another', what: contract_ref })
}
