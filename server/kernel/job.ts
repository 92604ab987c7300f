/** Something that runs unasked. `run` does at most one batch and returns how many things it did. */
export type Job = { name: string; every_ms: number; run(): Promise<number> }
