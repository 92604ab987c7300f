/** A deliberate fault in a copy of the source: each `find` occurs exactly once in its file. */
export type PlantedFault = {
  name: string
  edits: readonly (readonly [file: string, find: string, replace: string])[]
  /** a seed whose run breaks an invariant, or the test that fails */
  caught_by: { seed: number } | { project: string; file: string; test: string }
}
