import { onceAbandoned } from './ancestors.ts'

/**
 * Ends what runs, the last first, once: at a signal to us, when npm or its shell is gone, or when
 * asked to.
 */
export function leaver(running: readonly { stop(): Promise<void> }[]): {
  leave(code: number): Promise<void>
  isLeaving(): boolean
  listen(): void
} {
  let leaving = false
  const leave = async (code: number): Promise<void> => {
    if (leaving) return
    leaving = true
    for (const one of running.toReversed()) await one.stop()
    process.exit(code)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  onceAbandoned(() => void leave(0))
  return {
    leave,
    isLeaving: () => leaving,
    /** Also once more, after a library put its own listeners there. */
    listen: () => {
      for (const signal of signals)
        process.removeAllListeners(signal).on(signal, () => void leave(0))
    },
  }
}
