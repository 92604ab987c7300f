/** The measurements of one interval of a soak. */
export type Sample = {
  minute: number
  resident_mb: number
  heap_mb: number
  p50_ms: number
  p99_ms: number
  descriptors: number
  handles: number
  connections: number
  charges: number
  database_mb: number
}

/** The first part of the run is warm-up: caches fill, the pool opens, code is compiled. */
const warm_up = 0.2

/**
 * The number that may stay open after the load beyond the number before it: an idle connection more
 * or less.
 */
const slack = 5

/**
 * Names the rule by which a soak is not flat; empty when it is flat. After the warm-up the last
 * third is compared with the first third: memory and latency by their medians, the heap by its
 * minimum, which is what garbage collection leaves. Open handles follow the load, so they are
 * counted at rest, `before` the load and `after` it, when keep-alive connections have had time to
 * close.
 */
export function risesIn(samples: readonly Sample[], before: Sample, after: Sample): string[] {
  const settled = samples.slice(Math.ceil(samples.length * warm_up))
  const third = Math.floor(settled.length / 3)
  if (third < 2) return [`only ${samples.length} samples are too few`]
  const [first, last] = [settled.slice(0, third), settled.slice(-third)]
  const all = (part: readonly Sample[], name: keyof Sample): number[] =>
    part.map((sample) => sample[name])
  const rises = (
    name: keyof Sample,
    of: (values: number[]) => number,
    times: number,
    more: number,
    rule: string,
  ): string[] => {
    const [early, late] = [of(all(first, name)), of(all(last, name))]
    return late > early * times + more
      ? [
          `${rule}: ${early.toFixed(1)} in the first third, ${late.toFixed(1)} in the last; allowed ${(early * times + more).toFixed(1)}`,
        ]
      : []
  }
  const leaks = (name: keyof Sample, rule: string): string[] =>
    after[name] > before[name] + slack
      ? [`${rule}: ${before[name]} before the load, ${after[name]} after it, at rest`]
      : []
  return [
    ...rises('resident_mb', middle, 1.1, 10, 'memory rises (resident MB, middle)'),
    ...rises('heap_mb', (values) => Math.min(...values), 1.2, 5, 'memory rises (heap MB, least)'),
    ...rises('p50_ms', middle, 1.5, 10, 'latency rises (p50 ms, middle)'),
    ...rises('p99_ms', middle, 2, 50, 'latency rises (p99 ms, middle)'),
    ...leaks('descriptors', 'file descriptors leak'),
    ...leaks('handles', 'handles leak'),
    ...leaks('connections', 'database connections leak'),
  ]
}

const middle = (values: number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
