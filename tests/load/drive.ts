/** One round of requests. Latencies are wall time as the caller measures it. */
export type Driven = { p50_ms: number; p99_ms: number; per_second: number }

/** Calls `send` for every request, with `callers` in parallel. The first failure ends the round. */
export async function drive<Request>(
  requests: readonly Request[],
  callers: number,
  send: (request: Request) => Promise<void>,
): Promise<Driven> {
  const took_ms: number[] = []
  let next = 0
  const caller = async (): Promise<void> => {
    while (next < requests.length) {
      const request = requests[next++] as Request
      const begun = performance.now()
      await send(request)
      took_ms.push(performance.now() - begun)
    }
  }
  const begun = performance.now()
  await Promise.all(Array.from({ length: callers }, caller))
  return {
    ...quantiles(took_ms),
    per_second: (requests.length / (performance.now() - begun)) * 1000,
  }
}

export function quantiles(took_ms: readonly number[]): { p50_ms: number; p99_ms: number } {
  const sorted = took_ms.toSorted((one, other) => one - other)
  const at = (part: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
  return { p50_ms: at(0.5), p99_ms: at(0.99) }
}

/** The median of an odd number of measurements. */
export const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
