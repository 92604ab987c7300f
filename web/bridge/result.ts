export type BridgeError = { code: string | null; message: string }

/**
 * The result of every bridge call. `unknown` means no answer: the newer script is silent instead of
 * reporting an error.
 */
export type BridgeResult<T = unknown> =
  | { outcome: 'success'; value: T }
  | { outcome: 'processing' }
  | { outcome: 'failed'; error: BridgeError }
  | { outcome: 'cancelled'; error: BridgeError }
  | { outcome: 'unknown'; error: BridgeError }
