import type { Action } from './plan.ts'

/**
 * One action of a scripted plan: by the first process, completed before the next one, without a
 * fault, unless overridden.
 */
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
