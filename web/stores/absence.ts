import { useApp } from './app.ts'
import { useSession } from './session.ts'

const USUAL_MINUTES = 15
const MINUTE_MS = 60_000

let hidden_since: number | null = null

function hide(): void {
  hidden_since ??= Date.now()
}

function show(): void {
  const minutes = hidden_since === null ? 0 : (Date.now() - hidden_since) / MINUTE_MS
  hidden_since = null
  const session = useSession()
  if (minutes >= (useApp().view?.proof_idle_minutes ?? USUAL_MINUTES)) session.doubt()
  else session.look()
}

/**
 * Hidden for long, a page no longer knows whose wallet is open: nothing of the person it showed may be seen when it comes to the front.
 * Listens before any page does, so that none asks in the name of whoever was there.
 */
export function watchAbsence(): void {
  useSession()
  document.addEventListener('visibilitychange', () =>
    document.visibilityState === 'hidden' ? hide() : show(),
  )
  window.addEventListener('pagehide', hide)
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) show()
  })
}
