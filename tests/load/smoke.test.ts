import { expect, test } from 'vitest'
import { run } from './run.ts'
import { measureStatement } from './statement.ts'
import { statementTable, tables } from './tables.ts'

// Whether the bench measures at all; what it measures is for `npx wugan bench`, on a machine that
// is quiet.
test('the bench brings a floor, charges and notifications against it, and the picking of due orders', async () => {
  const results = await run(['charge', 'notification', 'due'], {
    rounds: 1,
    levels: [1, 3],
    floor_times: 5,
    times: 6,
    open_orders: [100, 300],
  })
  for (const measured of [results.charge, results.notification]) {
    expect(measured.map(({ callers }) => callers)).toEqual([1, 3])
    for (const { cpu_us, floor_us, times_floor, most_rss_mb, p50_ms, p99_ms } of measured) {
      for (const figure of [cpu_us, floor_us, most_rss_mb, p50_ms])
        expect(figure).toBeGreaterThan(0)
      expect([times_floor, p99_ms >= p50_ms]).toEqual([cpu_us / floor_us, true])
    }
  }
  expect(results.due.map(({ open, due }) => [open, due])).toEqual([
    [100, 1],
    [300, 3],
  ])
  expect(tables(results).match(/^\| open orders/m)).not.toBeNull()
})

test('the measured process fetches, compares and settles a statement', async () => {
  const cost = await measureStatement(4_000)
  expect(cost).toMatchObject({ lines: 4_000, settled: 4, breaks: 8 })
  for (const figure of [cost.seconds, cost.cpu_seconds, cost.megabytes, cost.zip_mb])
    expect(figure).toBeGreaterThan(0)
  expect(statementTable(cost)).toContain('| 4,000 |')
})
