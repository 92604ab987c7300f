import type { BridgeAnswer, FrameMessage, WalletMessage } from '../bridge/messages.ts'
import { showAppearance } from './appearance.ts'
import { showTextSize } from './text-size.ts'
import { fireOnDocument, type Native } from './native.ts'

// the wallet's page may still be rendering on a slow computer
const handshake_ms = 5_000

/**
 * Whether the browser already knows that a page of another origin is around this frame; older
 * browsers cannot tell.
 */
const isStrangers = (origin: string): boolean =>
  (window.location.ancestorOrigins?.[0] ?? origin) !== origin

/**
 * Asks the page around this frame whether it is the sandbox's wallet. Only a parent of the script's
 * own origin is trusted; any other parent receives no answer.
 */
export function nativeOfFrame(origin: string): Promise<Native | null> {
  if (isStrangers(origin)) return Promise.resolve(null)
  const answers = new Map<number, (answer: BridgeAnswer) => void>()
  let lastId = 0
  const post = (message: FrameMessage) => window.parent.postMessage(message, origin)

  return new Promise((resolve) => {
    const tooLate = setTimeout(() => resolve(null), handshake_ms)
    window.addEventListener('message', (event: MessageEvent<WalletMessage>) => {
      if (event.source !== window.parent || event.origin !== origin) return
      const message = event.data
      if (message.sandbox_bridge === 'answer') answers.get(message.answer.id)?.(message.answer)
      else if (message.sandbox_bridge === 'event') fireOnDocument(message.name)
      else if (message.sandbox_bridge === 'appearance') showAppearance(message.appearance)
      else if (message.sandbox_bridge === 'text_size') showTextSize(message.text_scale)
      else if (message.sandbox_bridge === 'welcome') {
        clearTimeout(tooLate)
        showAppearance(message.appearance)
        showTextSize(message.text_scale)
        resolve({
          platform: message.platform,
          load_ms: message.load_ms,
          exec(call, answer) {
            lastId += 1
            answers.set(lastId, answer)
            post({ sandbox_bridge: 'call', call: { ...call, id: lastId } })
          },
        })
      }
    })
    post({ sandbox_bridge: 'hello', href: location.href.split(/[?#]/)[0] ?? '' })
  })
}
