import { useApp } from './app.ts'
import { useSession } from './session.ts'

const DEFAULT_MINUTES = 15
const MINUTE_MS = 60_000

let hidden_since: number | null = null

function onHide(): void {
  hidden_since ??= Date.now()
}

function onShow(): void {
  const minutes = hidden_since === null ? 0 : (Date.now() - hidden_since) / MINUTE_MS
  hidden_since = null
  const session = useSession()
  if (minutes >= (useApp().view?.proof_idle_minutes ?? DEFAULT_MINUTES)) session.expireProof()
  else session.checkPerson()
}

/**
 * Expires the proof of a page that was hidden for long: another person may hold the wallet by then,
 * and must not see what was shown before. Call this before any page registers its own listeners, so
 * that no page sends a request in the name of the previous person.
 */
export function watchIdleTimeout(): void {
  useSession()
  document.addEventListener('visibilitychange', () =>
    document.visibilityState === 'hidden' ? onHide() : onShow(),
  )
  window.addEventListener('pagehide', onHide)
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) onShow()
  })
}
