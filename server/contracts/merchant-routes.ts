import { Type } from 'typebox'
import type { ContractDetailView, ContractView, SdkSigningStart, SigningView } from '../api.ts'
import { Refusal } from '../errors.ts'
import type { Server } from '../http-types.ts'
import { newId } from '../kernel/ids.ts'
import { coversPlan, type ApiKey, type KeyGuard } from '../key-guard.ts'
import { viewAccount } from '../sign-in/account.ts'
import { findAccount, findOrInsertUser, findUser } from '../sign-in/store.ts'
import { completeSdkSigning } from './complete-sdk-signing.ts'
import type { Contract } from './contract.ts'
import type { ContractsContext } from './context.ts'
import { ById } from './routes.ts'
import { startSigning } from './start-signing.ts'
import { findContract, listContracts, readHistory } from './store.ts'
import { terminateContract } from './terminate-contract.ts'
import { contract_scope } from '../unionpay/pages.ts'
import { viewContract, viewContractDetail, viewSigning } from './view.ts'

const strict = { additionalProperties: false }
const UserId = Type.String({ pattern: '^[\\x21-\\x7e]{1,64}$' })
/** `made-` begins the user_ids we make ourselves. */
const NewUserId = Type.String({ pattern: '^(?!made-)[\\x21-\\x7e]{1,64}$' })
const StartSdkSigning = Type.Object({
  user_id: NewUserId, plan_id: Type.String({ pattern: '^[A-Za-z0-9]{1,32}$' }), display_name: Type.Optional(Type.String({ maxLength: 40, pattern: '^[^\\u0000-\\u001f]*$' })),
}, strict)
const Complete = Type.Object({ code: Type.String({ minLength: 1, maxLength: 256 }) }, strict)
const ByUser = Type.Object({ user_id: UserId }, strict)

/** What the merchant's own systems ask, with an API key that names its verbs and plans. */
export function merchantContractRoutes(server: Server, { context, keys }: { context: ContractsContext; keys: KeyGuard }): void {
  server.post('/v1/signings', { schema: { body: StartSdkSigning } }, async (request): Promise<SdkSigningStart> => {
    const key = await keys(request, 'sign')
    const { user_id, plan_id, display_name } = request.body
    if (!coversPlan(key, plan_id)) throw new Refusal('verb_not_allowed')
    const user = await findOrInsertUser(context.database.pool, {
      user_ref: newId(context.clock, context.random), user_id, origin: 'sdk', display_name: display_name ?? null,
    })
    const { contract, state } = await startSigning(context, { user_ref: user.user_ref, wallet_ref: null, signed_through: 'sdk' }, plan_id)
    return {
      signing_id: contract.id, app_id: context.pages.app_id, plan_id, scope: contract_scope, state, expires_at: contract.expires_at.toISOString(),
    }
  })

  server.post('/v1/signings/:id/complete', { schema: { params: ById, body: Complete } }, async (request): Promise<SigningView> => {
    const contract = await covered(request.params.id, await keys(request, 'sign'))
    return viewSigning(context, await completeSdkSigning(context, contract.id, request.body.code))
  })

  server.get('/v1/signings/:id', { schema: { params: ById } }, async (request): Promise<SigningView> =>
    viewSigning(context, await covered(request.params.id, await keys(request, 'read'))))

  server.get('/v1/contracts', { schema: { querystring: ByUser } }, async (request): Promise<{ contracts: ContractView[] }> => {
    const key = await keys(request, 'read')
    const user = await findUser(context.database.pool, request.query.user_id)
    const contracts = user ? await listContracts(context.database.pool, user.user_ref) : []
    return { contracts: contracts.filter((c) => coversPlan(key, c.plan_id)).map((c) => viewContract(context, c)) }
  })

  server.get('/v1/contracts/:id', { schema: { params: ById } }, async (request): Promise<ContractDetailView> =>
    detail(await covered(request.params.id, await keys(request, 'read'))))

  server.post('/v1/contracts/:id/terminate', { schema: { params: ById } }, async (request): Promise<ContractDetailView> => {
    const contract = await covered(request.params.id, await keys(request, 'terminate'))
    return detail(await terminateContract(context, contract.id, 'merchant'))
  })

  const covered = async (id: string, key: ApiKey): Promise<Contract> => {
    const contract = await findContract(context.database.pool, id)
    if (!contract || !coversPlan(key, contract.plan_id)) throw new Refusal('not_found')
    return contract
  }

  const detail = async (contract: Contract): Promise<ContractDetailView> => viewContractDetail(context, contract, {
    history: await readHistory(context.database.pool, contract.id), account: viewAccount(await findAccount(context.database.pool, contract.user_ref)),
    used_today_fen: await context.usedToday(contract.id),
  })
}
