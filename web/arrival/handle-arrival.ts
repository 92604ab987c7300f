import type { Router } from 'vue-router'
import type { SigningReturn } from '../../server/api.ts'
import type { ApiResult, Fault } from '../api/result.ts'
import { server } from '../api/server.ts'
import { useApp } from '../stores/app.ts'
import { usePrivacy } from '../stores/privacy.ts'
import { useProblem } from '../stores/problem.ts'
import { useSession } from '../stores/session.ts'
import { useSigning } from '../stores/signing.ts'
import type { Arrival } from './arrival.ts'
import { ownPath } from './own-path.ts'

const onTheWay = (fault: Fault) =>
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

/** Does what the address asked for, then shows the page that belongs to it. Runs once per page load. */
export async function handleArrival(arrival: Arrival, router: Router): Promise<void> {
  const stop = async (fault: Fault) => {
    // the query is still in memory: a network fault may be tried again without going back to UnionPay
    useProblem().set(fault, onTheWay(fault) ? () => void handleArrival(arrival, router) : null)
    await router.replace('/problem')
  }
  if (arrival.kind === 'plain') {
    // reloaded on a page that only a return can fill
    await router.isReady()
    if (['/arriving', '/problem'].includes(router.currentRoute.value.path))
      await router.replace('/')
  }
  if (arrival.kind === 'ticket') {
    const session = useSession()
    await session.handOverTicket(arrival.ticket)
    if (session.ticketFault) await stop(session.ticketFault)
  }
  if (arrival.kind === 'sign_in_return') {
    await router.replace('/arriving')
    useSession().spend()
    const result = await server.signInReturn(arrival.query)
    const left = hasLeft(router)
    if (!result.ok && left) return
    if (!result.ok && result.fault.code === 'state_unknown')
      return signInAnew(router, result.fault, stop)
    if (!result.ok) return stop(result.fault)
    useSession().accept(result.value)
    usePrivacy().answer(true) // nobody leaves for the wallet without; a wallet without storage would ask again
    if (left) return
    useSigning().resumeIntent(result.value.agreed_plan_id)
    await router.replace(ownPath(result.value.return_to))
  }
  if (arrival.kind === 'signing_return') await returnFromSigning(arrival.query, router, stop)
}

async function returnFromSigning(
  raw_query: string,
  router: Router,
  stop: (fault: Fault) => Promise<void>,
): Promise<void> {
  const opened = useSigning().lastOpened()
  // nothing came back: that proves nothing about any attempt, so the server's view of ours is shown
  if (raw_query === '' && opened !== null) return showResult(router, opened, {})
  await router.replace('/arriving')
  const [app, result] = await Promise.all([useApp().load(), server.signingReturn(raw_query)])
  if (hasLeft(router)) return noteProved(result)
  // in the address, so that it outlives the silent sign-in and is not shared with the window that opened this one
  const query = app?.signing_window === 'web_view' ? { window: 'second' } : {}
  if (
    !result.ok &&
    result.fault.code === 'state_used' &&
    (app?.signing_window === 'web_view' || opened !== null)
  ) {
    // the answer to this very return was lost, and nobody knows us here: the result is read by whoever the wallet says we are
    return showOwn(
      router,
      opened === null
        ? '/contracts'
        : router.resolve({ path: `/signings/${opened}`, query }).fullPath,
      () => stop(result.fault),
    )
  }
  if (!result.ok) return stop(result.fault)
  noteProved(result)
  useSigning().returned = result.value
  usePrivacy().answer(true) // ticked before leaving; this may be another window, which was not told
  const path = { path: `/signings/${result.value.signing_id}`, query }
  // another person's wallet answered: only this page may show what became of an attempt that is not theirs
  if (result.value.reason === 'wallet_foreign') await router.replace(path)
  else await showResult(router, result.value.signing_id, query)
}

/** It took long, and the person went on: they are not taken away from where they are now. */
const hasLeft = (router: Router) => router.currentRoute.value.path !== '/arriving'

function noteProved(result: ApiResult<SigningReturn>): void {
  if (result.ok && result.value.proved) useSession().accept(result.value.proved)
}

/**
 * The state of this sign-in is used up or was never ours. If its answer was lost on the way, the cookie may be here all the same; if not,
 * signing in once more is silent and harmless. A wallet that loses it again is told of.
 */
async function signInAnew(
  router: Router,
  fault: Fault,
  stop: (fault: Fault) => Promise<void>,
): Promise<void> {
  const session = useSession()
  const now = await session.read()
  if (!now.ok) return stop(now.fault)
  if (now.value.session) useSigning().resumeIntent()
  await showOwn(router, ownPath(session.cameFrom()), () =>
    stop({ ...fault, code: 'sign_in_failed' }),
  )
}

/** A page of this person's: shown where we know who it is, else after one silent sign-in that comes back to it. */
async function showOwn(
  router: Router,
  path: string,
  otherwise: () => Promise<void>,
): Promise<void> {
  const session = useSession()
  if (session.session !== null) await router.replace(path)
  else if (session.mayTryAnew()) await router.replace({ path: '/sign-in', query: { to: path } })
  else await otherwise()
}

const STEPPED_BACK_WITHIN_MS = 1_500

/** The result, on the page that left for UnionPay: the history ahead of it holds what is used up, and the back key never meets it. */
async function showResult(
  router: Router,
  signing_id: string,
  query: Record<string, string>,
): Promise<void> {
  const steps = useSigning().stepsSinceLeaving(signing_id)
  if (steps > 0) {
    window.history.go(-steps)
    await new Promise((resolve) => setTimeout(resolve, STEPPED_BACK_WITHIN_MS))
  }
  // still here: this wallet does not step back
  await router.replace({ path: `/signings/${signing_id}`, query })
}
