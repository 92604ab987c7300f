export type BridgeError = { code: string | null; message: string }

/** The one result of every bridge call. `unknown`: silence, which the newer script gives instead of an error. */
export type BridgeResult<T = unknown> =
  | { outcome: 'success'; value: T }
  | { outcome: 'processing' }
  | { outcome: 'failed'; error: BridgeError }
  | { outcome: 'cancelled'; error: BridgeError }
  | { outcome: 'unknown'; error: BridgeError }
