/**
 * The messages between upsdk.js in a frame and the wallet page around it. The field
 * `sandbox_bridge` distinguishes them from other messages.
 */
export type Platform = 'ios' | 'android'
/** The phone's appearance: the computer's, light, or dark. */
export type Appearance = 'system' | 'light' | 'dark'

/** One native request, named as in the protocol document (plugin.action). */
export type BridgeCall = {
  id: number
  method: string
  plugin: string
  action: string
  args: unknown
}

/**
 * success, fail: as native reports them. invalid_action, no_class, illegal_access: cordova
 * statuses, which replace the native error by c03, c04, c02. plain: a fail that no handler may
 * reshape.
 */
export type AnswerKind =
  | 'success'
  | 'fail'
  | 'plain'
  | 'invalid_action'
  | 'no_class'
  | 'illegal_access'
export type BridgeAnswer = { id: number; kind: AnswerKind; payload?: unknown }

export type FrameMessage =
  | { sandbox_bridge: 'hello'; href: string }
  | { sandbox_bridge: 'call'; call: BridgeCall }

export type WalletMessage =
  | {
      sandbox_bridge: 'welcome'
      platform: Platform
      load_ms: number | null
      appearance: Appearance
      text_scale: number
    }
  | { sandbox_bridge: 'appearance'; appearance: Appearance }
  | { sandbox_bridge: 'text_size'; text_scale: number }
  | { sandbox_bridge: 'answer'; answer: BridgeAnswer }
  | { sandbox_bridge: 'event'; name: string }
