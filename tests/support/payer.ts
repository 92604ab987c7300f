import type {
  ProofAnswer,
  ContractDetailView,
  ContractView,
  ErrorView,
  SessionAnswer,
  SessionView,
  SigningReturn,
  SigningStart,
  SigningView,
  SignInStart,
} from '../../server/api.ts'

/** A refusal of the server as a caller sees it. */
export class Refused extends Error {
  readonly status: number
  readonly view: ErrorView
  constructor(status: number, view: ErrorView) {
    super(`${status} ${view.code}: ${view.message} ${JSON.stringify(view.fields ?? '')}`)
    this.status = status
    this.view = view
  }
}

export type Decision = 'agree' | 'refuse' | 'network_error'

/** A web view without rendering: cookies, and what it has proved. */
function createWebView(server_url: string) {
  const jar = new Map<string, string>()
  /** what this web view proved last */
  let proof: string | null = null

  const credentials = (): Record<string, string> => ({
    ...(jar.size > 0
      ? { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') }
      : {}),
    ...(proof === null ? {} : { 'x-session-proof': proof }),
  })

  const call = async <Answer>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const answer = await fetch(`${server_url}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...credentials(),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    const view: unknown = await answer.json()
    if (!answer.ok) throw new Refused(answer.status, view as ErrorView)
    const proved = view as { proof?: string; proved?: ProofAnswer | null } | null
    proof = proved?.proved?.proof ?? proved?.proof ?? proof
    return view as Answer
  }
  return { jar, call, credentials, newWebView: (): void => void (proof = null) }
}

/** A payer with a wallet and a browser without rendering: cookies, redirects and decisions. */
export function createPayer(server_url: string, sandbox_url: string, wallet_user: string) {
  const view = createWebView(server_url)
  const { call } = view

  const atSandbox = async (
    path: string,
    body?: unknown,
    user = wallet_user,
  ): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${sandbox_url}${path}`, {
      headers: {
        cookie: `sandbox_wallet=${user}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    })
    return (await answer.json()) as Record<string, unknown>
  }

  const queryOf = (address: unknown): string => {
    if (typeof address !== 'string')
      throw new Error(`no address came back: ${JSON.stringify(address)}`)
    return address.split('?').slice(1).join('?')
  }

  const payer = {
    wallet_user,
    jar: view.jar,
    call,
    /** the headers of this web view's requests */
    credentials: view.credentials,
    /** another web view of the same browser: the cookies are there, a proof is not */
    newWebView: view.newWebView,
    /**
     * proves by a code that the wallet's script gave the page; whose wallet is open is decided by
     * `user`
     */
    async prove(user = wallet_user): Promise<ProofAnswer> {
      const { code } = await atSandbox('/_pages/bridge/applet-auth', {}, user)
      return call<ProofAnswer>('POST', '/api/session/proof', { code })
    },
    /** begins the silent sign-in; returns the raw query of the wallet's return */
    async authorize(return_to = '/', agreed_plan_id?: string): Promise<string> {
      const { authorize_url } = await call<SignInStart>('POST', '/api/sign-in', {
        return_to,
        ...(agreed_plan_id === undefined ? {} : { agreed_plan_id }),
      })
      const page = await atSandbox(`/_pages/authorization?${queryOf(authorize_url)}`)
      return queryOf(page.redirect)
    },
    async signIn(): Promise<SessionView> {
      const { session } = await call<{ session: SessionView }>('POST', '/api/sign-in/return', {
        query: await payer.authorize(),
      })
      return session
    },
    session: async (): Promise<SessionView | null> =>
      (await call<SessionAnswer>('GET', '/api/session')).session,
    /** answers for which account this wallet pays, as the page shows it now */
    async answer(accept: boolean): Promise<SessionView> {
      const asked = await payer.session()
      return call<SessionView>('POST', '/api/session/account', {
        accept,
        question_id: asked?.pending_account?.question_id ?? '',
      })
    },
    start: (plan_id: string) =>
      call<SigningStart>('POST', '/api/signings', { plan_id, agreed: true }),
    /** decides on UnionPay's page; returns the raw query of the return address */
    async decide(
      signing_page_url: string,
      decision: Decision = 'agree',
      checks: Record<string, string> = {},
      user = wallet_user,
    ): Promise<string> {
      const { redirect } = await atSandbox(
        '/_pages/signing/decision',
        { query: queryOf(signing_page_url), decision, ...checks },
        user,
      )
      return queryOf(redirect)
    },
    back: (query: string) => call<SigningReturn>('POST', '/api/signings/return', { query }),
    signing: (id: string) => call<SigningView>('GET', `/api/signings/${id}`),
    /** the whole flow: start, agree, return */
    async sign(plan_id: string): Promise<SigningView> {
      const { signing_page_url } = await payer.start(plan_id)
      return payer.back(await payer.decide(signing_page_url))
    },
    contracts: async () =>
      (await call<{ contracts: ContractView[] }>('GET', '/api/contracts')).contracts,
    contract: (id: string) => call<ContractDetailView>('GET', `/api/contracts/${id}`),
    terminate: (id: string) =>
      call<ContractDetailView>('POST', `/api/contracts/${id}/terminate`, {}),
  }
  return payer
}

export type Payer = ReturnType<typeof createPayer>
