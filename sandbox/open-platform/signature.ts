import { createHash } from 'node:crypto'

/** `name=value` by name in ASCII order, joined with `&`, values raw (open platform §2.2). */
const stringToSign = (members: Record<string, string>): string =>
  Object.keys(members)
    .toSorted()
    .map((name) => `${name}=${members[name]}`)
    .join('&')

/** SHA-256 of the sorted members, lower-case hex: token requests (§2.2) and upsdk.config (§4). */
export const digestOf = (members: Record<string, string>): string =>
  createHash('sha256').update(stringToSign(members), 'utf8').digest('hex')

/** 5 minutes either way (§9, BC0024). */
export const isInTimeWindow = (timestamp_s: string, now_ms: number): boolean =>
  Math.abs(now_ms / 1000 - Number(timestamp_s)) <= 300
