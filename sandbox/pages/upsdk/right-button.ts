import type { Method } from './methods.ts'
import { methodOf, type CallPort } from './calls.ts'

const method: Method = { native: 'UPWebBars.setNavigationBarRightButton', mute: true }

/**
 * setNavigationBarRightButton: the handler listens to the document event, and a second call
 * replaces it (SDK-2020, 2022).
 */
export function rightButton(port: () => CallPort): (options?: unknown) => void {
  const call = methodOf('setNavigationBarRightButton', method, port)
  let current: EventListener | null = null
  return (options) => {
    const handler = (options as { handler?: () => void } | undefined)?.handler
    if (port().native !== null && port().admitted && handler !== undefined) {
      if (current !== null) document.removeEventListener('rightbtnclick', current)
      current = () => handler()
      document.addEventListener('rightbtnclick', current)
    }
    call(options)
  }
}
