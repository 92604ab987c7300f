import type { Action } from './plan.ts'

/** One act of a plan that a person wrote: by the first process, all of it at once, without a fault, unless told otherwise. */
export const action = (kind: Action['kind'], rest: Partial<Action> = {}): Action => ({
  kind,
  process: 0,
  a: 0,
  b: 0,
  c: 0,
  faults: [],
  steps: null,
  chance: 1,
  ...rest,
})
