import type { Router } from 'vue-router'
import type { SigningReturn } from '../../server/api.ts'
import type { ApiResult, Fault } from '../api/result.ts'
import { server } from '../api/server.ts'
import { useApp } from '../stores/app.ts'
import { usePrivacy } from '../stores/privacy.ts'
import { useProblem } from '../stores/problem.ts'
import { useSession } from '../stores/session.ts'
import { useSigning } from '../stores/signing.ts'
import { useTicket } from '../stores/ticket.ts'
import type { Arrival } from './arrival.ts'
import { localPath } from './local-path.ts'

const mayRetry = (fault: Fault) =>
  [
    'offline',
    'unreachable',
    'server_down',
    'portal',
    'unreadable',
    'timeout',
    'overloaded',
    'database_lost',
    'rate_limited',
  ].includes(fault.code)

/**
 * Processes what the address carried, then shows the page that belongs to it. Runs once per page
 * load.
 */
export async function handleArrival(arrival: Arrival, router: Router): Promise<void> {
  const fail = async (fault: Fault) => {
    // the query is still in memory: after a network fault it can be sent again without going back
    // to UnionPay
    useProblem().set(fault, mayRetry(fault) ? () => void handleArrival(arrival, router) : null)
    await router.replace('/problem')
  }
  if (arrival.kind === 'plain') {
    // a reload of a page that only a return can fill
    await router.isReady()
    if (['/arriving', '/problem'].includes(router.currentRoute.value.path))
      await router.replace('/')
  }
  if (arrival.kind === 'ticket') {
    const ticket = useTicket()
    await ticket.submit(arrival.ticket)
    if (ticket.fault) await fail(ticket.fault)
  }
  if (arrival.kind === 'sign_in_return') {
    await router.replace('/arriving')
    useSession().markProofAttempted()
    const result = await server.signInReturn(arrival.query)
    const left = hasLeft(router)
    if (!result.ok && left) return
    if (!result.ok && result.fault.code === 'state_unknown')
      return signInAgain(router, result.fault, fail)
    if (!result.ok) return fail(result.fault)
    useSession().accept(result.value)
    usePrivacy().answer(true) // nobody leaves for the sign-in without it; a wallet without storage would ask again
    if (left) return
    useSigning().resume(result.value.agreed_plan_id)
    await router.replace(localPath(result.value.return_to))
  }
  if (arrival.kind === 'signing_return') await returnFromSigning(arrival.query, router, fail)
}

async function returnFromSigning(
  raw_query: string,
  router: Router,
  fail: (fault: Fault) => Promise<void>,
): Promise<void> {
  const started = useSigning().lastStarted()
  // an empty return proves nothing about any signing, so the page shows what the server knows of
  // the one started here
  if (raw_query === '' && started !== null) return showResult(router, started, {})
  await router.replace('/arriving')
  const [app, result] = await Promise.all([useApp().load(), server.signingReturn(raw_query)])
  if (hasLeft(router)) return acceptProof(result)
  // in the address, so that it survives the silent sign-in and is not shared with the window that
  // opened this one
  const query = app?.signing_window === 'web_view' ? { window: 'second' } : {}
  if (
    !result.ok &&
    result.fault.code === 'state_used' &&
    (app?.signing_window === 'web_view' || started !== null)
  ) {
    // the response to this return was lost, and the payer is unknown here: the wallet says who they
    // are, then they read the result
    return showPersonal(
      router,
      started === null
        ? '/contracts'
        : router.resolve({ path: `/signings/${started}`, query }).fullPath,
      () => fail(result.fault),
    )
  }
  if (!result.ok) return fail(result.fault)
  acceptProof(result)
  useSigning().returned = result.value
  usePrivacy().answer(true) // ticked before leaving; this window may be another one that did not see it
  const path = { path: `/signings/${result.value.signing_id}`, query }
  // another person's wallet completed the signing: only this page may show the result, since the
  // signing is not theirs
  if (result.value.reason === 'wallet_foreign') await router.replace(path)
  else await showResult(router, result.value.signing_id, query)
}

/** The payer did not wait and opened another page: they stay there. */
const hasLeft = (router: Router) => router.currentRoute.value.path !== '/arriving'

function acceptProof(result: ApiResult<SigningReturn>): void {
  if (result.ok && result.value.proved) useSession().accept(result.value.proved)
}

/**
 * The server does not know the state of this sign-in: it was used, or was never ours. If only the
 * response was lost, the session cookie may be here all the same; otherwise one more silent sign-in
 * is harmless. If that is lost too, the page reports the fault.
 */
async function signInAgain(
  router: Router,
  fault: Fault,
  fail: (fault: Fault) => Promise<void>,
): Promise<void> {
  const session = useSession()
  const read = await session.read()
  if (!read.ok) return fail(read.fault)
  if (read.value.session) useSigning().resume()
  await showPersonal(router, localPath(session.lastReturnPath()), () =>
    fail({ ...fault, code: 'sign_in_failed' }),
  )
}

/**
 * Shows a personal page: at once to a known payer, else after one silent sign-in that returns to
 * it.
 */
async function showPersonal(
  router: Router,
  path: string,
  otherwise: () => Promise<void>,
): Promise<void> {
  const session = useSession()
  if (session.session !== null) await router.replace(path)
  else if (session.claimRetry()) await router.replace({ path: '/sign-in', query: { to: path } })
  else await otherwise()
}

const STEP_BACK_TIMEOUT_MS = 1_500

/**
 * Shows the result on the page that left for UnionPay, so that the back key does not reach
 * UnionPay's used page.
 */
async function showResult(
  router: Router,
  signing_id: string,
  query: Record<string, string>,
): Promise<void> {
  const steps = useSigning().takeHistorySteps(signing_id)
  if (steps > 0) {
    window.history.go(-steps)
    await new Promise((resolve) => setTimeout(resolve, STEP_BACK_TIMEOUT_MS))
  }
  // still on this page: this wallet did not step back
  await router.replace({ path: `/signings/${signing_id}`, query })
}
