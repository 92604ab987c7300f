import type { Clock } from '../../server/kernel/clock.ts'

/** Monday morning in Beijing, 2026-03-02 09:00. */
export const beginning_ms = Date.UTC(2026, 2, 2, 1)

/**
 * The one clock of a simulation. It stands still between steps; the database's copy is the table
 * simulated_clock.
 */
export type SimulatedClock = Clock & { nowMs(): number; set(at_ms: number): void }

export function createSimulatedClock(): SimulatedClock {
  let at_ms = beginning_ms
  return { now: () => new Date(at_ms), nowMs: () => at_ms, set: (to) => void (at_ms = to) }
}

/**
 * Makes the database use the simulation's clock: business_now() reads it, and now() returns the
 * same, since the schema's own now() precedes pg_catalog's.
 */
export const simulatedTime = (database: string): string[] => [
  `create table simulated_clock (at_ms bigint not null)`,
  `insert into simulated_clock values (${beginning_ms})`,
  `create or replace function business_now() returns timestamptz language sql stable as $$ select to_timestamp(at_ms / 1000.0) from public.simulated_clock $$`,
  `create function public.now() returns timestamptz language sql stable as $$ select public.business_now() $$`,
  // a default was bound to the other now() before this one was created
  `alter table session_proofs alter column used_at set default public.now()`,
  `alter database ${database} set search_path = public, pg_catalog`,
  `alter database ${database} set synchronous_commit = off`,
  `alter database ${database} set deadlock_timeout = '200ms'`,
]

/** The statement that sets the database's copy. */
export const setSimulatedTime = 'update simulated_clock set at_ms = $1'
