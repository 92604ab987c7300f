/**
 * A background job. `run` does at most one batch, looks at `stopping` between its items and returns
 * how many it did.
 */
export type Job = { name: string; every_ms: number; run(stopping: AbortSignal): Promise<number> }

/**
 * Works through a batch, one thing at a time, until the process is to stop: what is left comes due
 * again by its own lease. One thing that fails does not spoil the others. Returns how many were
 * done.
 */
export async function workThrough<Thing>(
  batch: readonly Thing[],
  stopping: AbortSignal,
  work: (thing: Thing) => Promise<unknown>,
  onError: (error: unknown, thing: Thing) => void,
): Promise<number> {
  let done = 0
  for (const thing of batch) {
    if (stopping.aborted) break
    await work(thing).then(
      () => done++,
      (error: unknown) => onError(error, thing),
    )
  }
  return done
}
