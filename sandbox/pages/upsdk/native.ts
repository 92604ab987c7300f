import type { BridgeAnswer, BridgeCall, Platform } from '../bridge/messages.ts'

/** The native side of the bridge: the wallet page around this frame, or this window itself. */
export type Native = {
  platform: Platform
  /** milliseconds until the bridge is loaded; null: never */
  load_ms: number | null
  exec(call: Omit<BridgeCall, 'id'>, answer: (answer: BridgeAnswer) => void): void
}

/** Events of the native side arrive as DOM events on document (h5-bridge §4.1). */
export function fireOnDocument(name: string): void {
  document.dispatchEvent(new Event(name))
}
