import { Type } from 'typebox'
import type {
  ContractDetailView,
  ContractView,
  SigningReturn,
  SigningStart,
  SigningView,
  UnfinishedView,
} from '../api.ts'
import type { Cookies } from '../cookies.ts'
import { Refusal } from '../errors.ts'
import type { Server } from '../http-types.ts'
import { ById, Nothing } from '../schemas/fields.ts'
import type { SessionGuard } from '../session-guard.ts'
import { viewAccount, viewSession, type Session } from '../sign-in/account.ts'
import type { Proved } from '../sign-in/prove-session.ts'
import type { Contract } from './contract.ts'
import type { ContractsContext } from './context.ts'
import { returnSigning, startSigning } from './signing-page.ts'
import { terminateContract, unfinishedOrders } from './terminate-contract.ts'
import { findActiveOf, findContract, listContracts, readHistory } from './store.ts'
import { viewContract, viewContractDetail, readSigning } from './view.ts'

const strict = { additionalProperties: false }
const plan_id = Type.String({ pattern: '^[A-Za-z0-9]{1,32}$' })
const ByPlan = Type.Object({ plan_id }, strict)
const StartSigning = Type.Object({ plan_id, agreed: Type.Boolean() }, strict)
const Returned = Type.Object({ query: Type.String({ maxLength: 4096 }) }, strict)

export type ContractRoutes = {
  context: ContractsContext
  sessions: SessionGuard<Session>
  cookies: Cookies
  /** the wallet with this open_id is open now: the browser's session is its, or ends */
  prove(open_id: string, session_cookie: string): Promise<Proved>
  signingLimit: { max: number; timeWindow: string }
}

/**
 * What the payer's page asks. Every contract is looked up together with the session's user:
 * another's is not found.
 */
export function contractRoutes(
  server: Server,
  { context, sessions, cookies, prove, signingLimit }: ContractRoutes,
): void {
  const limited = { config: { rateLimit: signingLimit } }

  server.post(
    '/api/signings',
    { ...limited, schema: { body: StartSigning } },
    async (request, reply): Promise<SigningStart> => {
      const session = await sessions.require(request, reply)
      if (!request.body.agreed) throw new Refusal('consent_missing')
      if (session.pending) throw new Refusal('account_unconfirmed')
      if (session.account_conflict) throw new Refusal('account_conflict')
      const signer = {
        user_ref: session.account.user_ref,
        wallet_ref: session.wallet_ref,
        signed_through: 'h5',
      } as const
      const { contract, signing_page_url } = await startSigning(
        context,
        signer,
        request.body.plan_id,
      )
      return {
        signing_id: contract.id,
        signing_page_url,
        expires_at: contract.expires_at.toISOString(),
      }
    },
  )

  server.post(
    '/api/signings/return',
    { config: { ...limited.config, open: true }, schema: { body: Returned } },
    async (request, reply): Promise<SigningReturn> => {
      // only the browser that began this signing learns by its code who is signed in: another one's
      // code would sign in a stranger
      const held = await sessions.held(request, reply)
      const { contract, open_id } = await returnSigning(
        context,
        request.body.query,
        held && { wallet_ref: held.session.wallet_ref, proved: held.proved },
      )
      const view = await readSigning(context, contract)
      const cookie = held && cookies.read(request, 'wugan_session')
      if (open_id === null || !cookie) return { ...view, proved: null }
      const { session, session_cookie, proof } = await prove(open_id, cookie)
      cookies.set(reply, 'wugan_session', session_cookie)
      return { ...view, proved: { session: viewSession(session), proof } }
    },
  )

  server.get(
    '/api/signings/:id',
    { schema: { params: ById } },
    async (request, reply): Promise<SigningView> =>
      readSigning(
        context,
        own(
          await findContract(context.database.pool, request.params.id),
          await sessions.require(request, reply),
        ),
      ),
  )

  server.get('/api/contracts', async (request, reply): Promise<{ contracts: ContractView[] }> => {
    const { account } = await sessions.require(request, reply)
    const contracts = await listContracts(context.database.pool, account.user_ref)
    return { contracts: contracts.map((contract) => viewContract(context, contract)) }
  })

  // the plan's page asks together with its other questions, before anybody can know whether there
  // is a session
  server.get(
    '/api/plans/:plan_id/contract',
    { config: { open: true }, schema: { params: ByPlan } },
    async (request, reply): Promise<{ contract: ContractView | null }> => {
      const session = await sessions.find(request, reply)
      const contract =
        session &&
        (await findActiveOf(
          context.database.pool,
          session.account.user_ref,
          request.params.plan_id,
        ))
      return { contract: contract && viewContract(context, contract) }
    },
  )

  server.get(
    '/api/contracts/:id',
    { schema: { params: ById } },
    async (request, reply): Promise<ContractDetailView> => {
      const session = await sessions.require(request, reply)
      return detail(
        own(await findContract(context.database.pool, request.params.id), session),
        session,
      )
    },
  )

  server.get(
    '/api/contracts/:id/unfinished',
    { schema: { params: ById } },
    async (request, reply): Promise<UnfinishedView> =>
      unfinishedOrders(
        context,
        own(
          await findContract(context.database.pool, request.params.id),
          await sessions.require(request, reply),
        ),
      ),
  )

  server.post(
    '/api/contracts/:id/terminate',
    { ...limited, schema: { params: ById, body: Nothing } },
    async (request, reply): Promise<ContractDetailView> => {
      const session = await sessions.require(request, reply)
      const contract = own(await findContract(context.database.pool, request.params.id), session)
      return detail(await terminateContract(context, contract.id, 'payer_here'), session)
    },
  )

  const detail = async (contract: Contract, session: Session): Promise<ContractDetailView> =>
    viewContractDetail(context, contract, {
      history: await readHistory(context.database.pool, contract.id),
      account: viewAccount(session.account),
      used_today_fen: await context.usedToday(contract.id),
    })
}

function own(contract: Contract | null, session: Session): Contract {
  if (!contract || contract.user_ref !== session.account.user_ref) throw new Refusal('not_found')
  return contract
}
