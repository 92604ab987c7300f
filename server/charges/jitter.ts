import type { RandomBytes } from '../kernel/ids.ts'
import { most_jitter_s } from '../kernel/query-schedule.ts'

/** Seconds from 0 to the most: so that orders of one moment are not asked about in one moment. */
export const jitter = (random: RandomBytes): number =>
  (random(2).readUInt16BE() / 0xffff) * most_jitter_s
