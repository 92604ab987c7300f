import type { Picked } from './due.ts'
import type { Floor } from './measure-floor.ts'
import type { Shared } from './processes.ts'
import type { Measured, Results } from './run.ts'
import type { StatementCost } from './statement.ts'

const line = (...cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`
const us = (value: number): string => value.toFixed(0)
const ms = (value: number): string => value.toFixed(1)

/** The results as the tables of docs/performance.md. */
export function tables({ floor, charge, notification, due }: Results): string {
  return [
    ...(floor.size > 0 ? floorTable(floor) : []),
    ...(charge.length > 0 ? loadTable('POST /v1/charges', charge) : []),
    ...(notification.length > 0 ? loadTable('payment notification', notification) : []),
    ...(due.length > 0 ? dueTable(due) : []),
  ].join('\n')
}

const floorTable = (floor: Map<number, Floor>): string[] => [
  line(
    'floor, µs CPU; callers',
    'charge',
    'notification',
    'sign',
    'verify',
    'commit',
    'hop in',
    'hop out',
  ),
  line(...Array.from({ length: 8 }, () => '---')),
  ...[...floor].map(([callers, one]) =>
    line(
      callers,
      ...[one.charge, one.notification, one.sign, one.verify, one.commit, one.hop, one.call].map(
        us,
      ),
    ),
  ),
  '',
]

const loadTable = (title: string, measured: readonly Measured[]): string[] => [
  line(
    `${title}, callers`,
    'CPU µs',
    'floor µs',
    '× floor (least–most)',
    'p50 ms',
    'p99 ms',
    'per second',
    'memory MB',
  ),
  line(...Array.from({ length: 8 }, () => '---')),
  ...measured.map(
    ({
      callers,
      cpu_us,
      floor_us,
      times_floor,
      least,
      most,
      p50_ms,
      p99_ms,
      per_second,
      most_rss_mb,
    }) =>
      line(
        callers,
        us(cpu_us),
        us(floor_us),
        `${times_floor.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`,
        ms(p50_ms),
        ms(p99_ms),
        us(per_second),
        us(most_rss_mb),
      ),
  ),
  '',
]

const dueTable = (due: readonly Picked[]): string[] => [
  line('open orders', 'due', 'picking p50 ms', 'p99 ms'),
  line('---', '---', '---', '---'),
  ...due.map((one) => line(one.open, one.due, one.p50_ms.toFixed(2), one.p99_ms.toFixed(2))),
  '',
]

/** Throughput by server processes. */
export const processTable = (shared: readonly Shared[]): string =>
  [
    line(
      'server processes',
      'callers',
      'charges per second',
      'p50 ms',
      'p99 ms',
      'servers, CPU µs',
      'driver and gateway, CPU µs',
    ),
    line(...Array.from({ length: 7 }, () => '---')),
    ...shared.map((one) =>
      line(
        one.processes,
        one.callers,
        us(one.per_second),
        ms(one.p50_ms),
        ms(one.p99_ms),
        us(one.cpu_us),
        us(one.driver_us),
      ),
    ),
    '',
  ].join('\n')

/** One statement, from fetching it to the last break. */
export const statementTable = ({
  lines,
  zip_mb,
  seconds,
  cpu_seconds,
  megabytes,
  settled,
  breaks,
}: StatementCost): string =>
  [
    line(
      'lines of a statement',
      'zip MB',
      'seconds',
      'CPU seconds of the process',
      'memory MB',
      'settled',
      'breaks',
    ),
    line(...Array.from({ length: 7 }, () => '---')),
    line(
      lines.toLocaleString('en'),
      zip_mb.toFixed(1),
      seconds.toFixed(1),
      cpu_seconds.toFixed(1),
      us(megabytes),
      settled,
      breaks,
    ),
    '',
  ].join('\n')
