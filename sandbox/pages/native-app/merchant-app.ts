import { reactive } from 'vue'
import { read, RefusedError, send } from '../request.ts'
import type { Decision, ProblemAnswer, SigningPage } from '../signing/signing-page.ts'
import { step, steps } from './steps.ts'

/** The answers of the merchant's server, as far as this app shows them. */
export type Plan = {
  plan_id: string
  payee: string
  title: string
  sub_scenario: string
  content: string
  accepts_new: boolean
}
export type Contract = {
  id: string
  contract_id_masked: string
  plan: Plan
  state: string
  signed_at: string | null
}
type Started = { signing_id: string; app_id: string; plan_id: string; scope: string; state: string }
type Signing = {
  signing_id: string
  state: string
  reason: string | null
  unionpay_code: string | null
  contract: Contract | null
}
type SdkAnswer = { code: string } | { errorcode: string; errmsg: string } | ProblemAnswer

export const app = reactive({
  user_id: 'metro-10086',
  plans: [] as Plan[],
  contracts: [] as Contract[],
  /** the 云闪付 signing sheet over the app */
  sheet: null as SigningPage | null,
  started: null as Started | null,
  result: null as Signing | null,
  problem: '',
})

const refusals: Record<string, string> = {
  already_signed: '这个账号已经开通了这项服务，解约后才能再签',
  signing_in_progress: '上一次签约还没有结果，服务器正在向银联查询',
  plan_withdrawn: '这项服务不再接受新的签约',
  unionpay_unavailable: '银联暂时没有应答，请稍后再试',
  rate_limited: '太频繁了，请稍后再试',
}

async function guarded(work: () => Promise<void>): Promise<void> {
  app.problem = ''
  try {
    await work()
  } catch (reason) {
    const code = reason instanceof RefusedError ? reason.code : null
    app.problem = refusals[code ?? ''] ?? (reason as Error).message
  }
}

export const loadPlans = () =>
  guarded(async () => {
    app.plans = (await read<{ plans: Plan[] }>('/_pages/native/plans')).plans.filter(
      (plan) => plan.accepts_new,
    )
  })

export const loadContracts = () =>
  guarded(async () => {
    const answer = await read<{ contracts: Contract[] }>(
      `/_pages/native/contracts?user_id=${encodeURIComponent(app.user_id)}`,
    )
    app.contracts = answer.contracts
  })

/** Steps 1 and 2 of SDK signing: our server starts the attempt, the SDK opens 云闪付. */
export const startSigning = (plan: Plan) =>
  guarded(async () => {
    steps.length = 0
    app.result = null
    const asked = { user_id: app.user_id, plan_id: plan.plan_id }
    const started = await step('App → 商户服务器', 'POST /v1/signings', asked, () =>
      send<Started>('POST', '/_pages/native/start', asked),
    )
    app.started = started
    const { app_id, plan_id, scope, state } = started
    const opened = await step(
      'App → 云闪付 SDK',
      'sign()',
      { app_id, plan_id, scope, state },
      () =>
        read<{ page: SigningPage }>(
          `/_pages/native/sdk-page?plan_id=${encodeURIComponent(plan_id)}`,
        ).then(({ page }) => page),
      '云闪付签约页已打开',
    )
    app.sheet = opened
  })

/**
 * Steps 3 and 4: the user's decision, then the code goes to our server, which exchanges it and
 * applies.
 */
export async function decide(decision: Decision): Promise<ProblemAnswer | null> {
  const { started } = app
  if (started === null) return null
  let problem: ProblemAnswer | null = null
  await guarded(async () => {
    const answer = await send<SdkAnswer>('POST', '/_pages/native/sdk-sign', {
      plan_id: started.plan_id,
      state: started.state,
      ...decision,
    })
    if ('problem' in answer) {
      problem = answer
      return
    }
    app.sheet = null
    await step(
      '云闪付 SDK → App',
      '回调',
      null,
      () => Promise.resolve(answer),
      undefined,
      'errorcode' in answer,
    )
    if ('errorcode' in answer) return
    const path = `POST /v1/signings/${started.signing_id}/complete`
    app.result = await step('App → 商户服务器', path, answer, () =>
      send<Signing>('POST', '/_pages/native/complete', {
        signing_id: started.signing_id,
        code: answer.code,
      }),
    )
    await loadContracts()
  })
  return problem
}

export const terminate = (contract: Contract) =>
  guarded(async () => {
    steps.length = 0
    app.result = null
    await step('App → 商户服务器', `POST /v1/contracts/${contract.id}/terminate`, {}, () =>
      send('POST', `/_pages/native/contracts/${encodeURIComponent(contract.id)}/terminate`),
    )
    await loadContracts()
  })
