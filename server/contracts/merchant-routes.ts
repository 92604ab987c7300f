import type {
  MerchantContractDetailView,
  MerchantContractView,
  MerchantSigningView,
  PlanView,
  SdkSigningStart,
} from '../api.ts'
import { Refusal } from '../errors.ts'
import type { Server } from '../http-types.ts'
import { newId } from '../kernel/ids.ts'
import { coversPlan, type ApiKey, type KeyGuard } from '../key-guard.ts'
import { viewPlan } from '../plans/plan.ts'
import { mostOf, nextCursor } from '../schemas/paging.ts'
import { viewAccount } from '../sign-in/account.ts'
import { findAccount, findOrInsertUser } from '../sign-in/store.ts'
import { completeSdkSigning } from './complete-signing.ts'
import { startSigning } from './signing-page.ts'
import { terminateContract } from './terminate-contract.ts'
import type { Contract } from './contract.ts'
import type { ContractsContext } from './context.ts'
import * as schemas from './route-schemas.ts'
import { findContract, listContractsWhere, readHistory } from './store.ts'
import { contract_scope } from '../unionpay/pages.ts'
import { viewOwnedContract, viewOwnedContractDetail, readOwnedSigning } from './view.ts'

/** What the merchant's own systems ask, with an API key that names its verbs and plans. */
export function merchantContractRoutes(
  server: Server,
  { context, keys }: { context: ContractsContext; keys: KeyGuard },
): void {
  server.post(
    '/v1/signings',
    { schema: schemas.startSdkSigning },
    async (request): Promise<SdkSigningStart> => {
      const key = await keys(request, 'sign')
      const { user_id, plan_id, display_name } = request.body
      if (!coversPlan(key, plan_id)) throw new Refusal('verb_not_allowed')
      const user = await findOrInsertUser(context.database.pool, {
        user_ref: newId(context.clock, context.random),
        user_id,
        origin: 'sdk',
        display_name: display_name ?? null,
      })
      const { contract, state } = await startSigning(
        context,
        { user_ref: user.user_ref, wallet_ref: null, signed_through: 'sdk' },
        plan_id,
      )
      return {
        signing_id: contract.id,
        app_id: context.pages.app_id,
        plan_id,
        scope: contract_scope,
        state,
        expires_at: contract.expires_at.toISOString(),
      }
    },
  )

  server.post(
    '/v1/signings/:id/complete',
    { schema: schemas.completeSdkSigning },
    async (request): Promise<MerchantSigningView> => {
      const contract = await covered(request.params.id, await keys(request, 'sign'))
      return readOwnedSigning(
        context,
        await completeSdkSigning(context, contract.id, request.body.code),
      )
    },
  )

  server.get(
    '/v1/signings/:id',
    { schema: schemas.readSigning },
    async (request): Promise<MerchantSigningView> =>
      readOwnedSigning(context, await covered(request.params.id, await keys(request, 'read'))),
  )

  server.get(
    '/v1/plans',
    { schema: schemas.listPlans },
    async (request): Promise<{ plans: PlanView[] }> => {
      const key = await keys(request, 'read')
      return {
        plans: context.catalogue
          .all()
          .filter((plan) => coversPlan(key, plan.plan_id))
          .map(viewPlan),
      }
    },
  )

  server.get(
    '/v1/contracts',
    { schema: schemas.listContracts },
    async (request): Promise<{ contracts: MerchantContractView[]; next_cursor: string | null }> => {
      const { plan_ids } = await keys(request, 'read')
      const { cursor, limit, ...filter } = request.query
      const most = mostOf(limit)
      const contracts = await listContractsWhere(
        context.database.pool,
        { ...filter, plan_ids, before: cursor },
        most,
      )
      return {
        contracts: contracts.map((c) => viewOwnedContract(context, c)),
        next_cursor: nextCursor(contracts, most, (c) => c.id),
      }
    },
  )

  server.get(
    '/v1/contracts/:id',
    { schema: schemas.readContract },
    async (request): Promise<MerchantContractDetailView> =>
      detail(await covered(request.params.id, await keys(request, 'read'))),
  )

  server.post(
    '/v1/contracts/:id/terminate',
    { schema: schemas.terminateContract },
    async (request): Promise<MerchantContractDetailView> => {
      const contract = await covered(request.params.id, await keys(request, 'terminate'))
      return detail(await terminateContract(context, contract.id, 'merchant'))
    },
  )

  const covered = async (id: string, key: ApiKey): Promise<Contract> => {
    const contract = await findContract(context.database.pool, id)
    if (!contract || !coversPlan(key, contract.plan_id)) throw new Refusal('not_found')
    return contract
  }

  const detail = async (contract: Contract): Promise<MerchantContractDetailView> =>
    viewOwnedContractDetail(context, contract, {
      history: await readHistory(context.database.pool, contract.id),
      account: viewAccount(await findAccount(context.database.pool, contract.user_ref)),
      used_today_fen: await context.usedToday(contract.id),
    })
}
