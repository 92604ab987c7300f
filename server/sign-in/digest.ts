import { createHash } from 'node:crypto'

/** Cookies and API keys are random enough that a plain hash is all that is kept of them. */
export const secretDigest = (secret: string): string =>
  createHash('sha256').update(secret, 'utf8').digest('base64url')
