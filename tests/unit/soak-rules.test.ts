import { expect, test } from 'vitest'
import { risesIn as rules, type Sample } from '../processes/soak-rules.ts'

const flat: Sample = {
  minute: 0,
  resident_mb: 160,
  heap_mb: 60,
  p50_ms: 20,
  p99_ms: 90,
  descriptors: 40,
  handles: 20,
  connections: 10,
  charges: 300,
  database_mb: 100,
}
const risesIn = (samples: Sample[], after: Partial<Sample> = {}): string[] =>
  rules(samples, flat, { ...flat, ...after })
/** Twenty samples; `change` gives the n-th sample's deviation from a flat one. */
const soak = (change: (place: number) => Partial<Sample>): Sample[] =>
  Array.from({ length: 20 }, (_, place) => ({ ...flat, minute: place, ...change(place) }))

test('a soak is flat when varying values return', () => {
  expect(
    risesIn(
      soak((place) => ({
        resident_mb: 160 + (place % 3) * 8,
        heap_mb: 60 + (place % 4) * 10,
        p50_ms: 20 + (place % 2) * 8,
        descriptors: 40 + (place % 5),
        connections: 7 + (place % 4),
      })),
    ),
  ).toEqual([])
})

test('a rise during the warm-up does not count', () => {
  expect(
    risesIn(
      soak((place) =>
        place < 4 ? { resident_mb: 80 + place * 20, descriptors: 20 + place, p99_ms: 900 } : {},
      ),
    ),
  ).toEqual([])
})

test('each rise is reported by its rule', () => {
  const rule = (change: (place: number) => Partial<Sample>): string[] =>
    risesIn(soak(change)).map((said) => said.split(':')[0] ?? '')
  expect(rule((place) => ({ resident_mb: 160 + place * 4 }))).toEqual([
    'memory rises (resident MB, middle)',
  ])
  expect(rule((place) => ({ heap_mb: 60 + place * 2 }))).toEqual(['memory rises (heap MB, least)'])
  expect(rule((place) => ({ p50_ms: 20 + place * 3 }))).toEqual(['latency rises (p50 ms, middle)'])
  expect(rule((place) => ({ p99_ms: 90 + place * 40 }))).toEqual(['latency rises (p99 ms, middle)'])
})

test('open handles follow the load, and are counted at rest', () => {
  expect(
    risesIn(
      soak((place) => ({
        descriptors: 40 + place,
        handles: 20 + place,
        connections: Math.min(10, place),
      })),
      { descriptors: 42, handles: 18 },
    ),
  ).toEqual([])
  const rule = (after: Partial<Sample>): string[] =>
    risesIn(
      soak(() => ({})),
      after,
    ).map((said) => said.split(':')[0] ?? '')
  expect(rule({ descriptors: 46 })).toEqual(['file descriptors leak'])
  expect(rule({ handles: 26 })).toEqual(['handles leak'])
  expect(rule({ connections: 16 })).toEqual(['database connections leak'])
})

test('too few samples prove nothing', () => {
  expect(risesIn(soak(() => ({})).slice(0, 5))).toEqual(['only 5 samples are too few'])
})
