import { lookup as resolve } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { kindOfAddress } from '../kernel/ip-address.ts'

/**
 * A webhook to any other address would let a caller that names an endpoint reach what only this
 * server reaches (SSRF).
 */
export const isPublic = (address: string): boolean => kindOfAddress(address) === 'public'

/** What is wrong with an endpoint's address, as far as its text tells; null when nothing is. */
export function problemOfUrl(text: string, private_allowed: boolean): string | null {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !['http:', 'https:'].includes(url.protocol)) return 'is no http(s) address'
  if (url.username || url.password || url.hash) return 'must have no user name, password or #'
  if (private_allowed) return null
  if (url.protocol !== 'https:') return 'must begin with https://'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return isIP(host) !== 0 && !isPublic(host)
    ? 'is an address inside; see WEBHOOK_PRIVATE_ADDRESSES'
    : null
}

/**
 * Resolves for the connection itself, so that no second answer of the name server can differ from
 * the one that was judged. One address inside among several refuses all.
 */
export const publicLookup: LookupFunction = (host, options, done) => {
  resolve(host, { ...options, all: true }, (error, found) => {
    if (error) return done(error, '', 0)
    const bad = found.find(({ address }) => !isPublic(address))
    if (bad || found.length === 0)
      return done(
        Object.assign(new Error('the name leads to an address inside'), { code: 'ADDRESS_INSIDE' }),
        '',
        0,
      )
    if (options.all) return done(null, found)
    const [first] = found
    done(null, first?.address ?? '', first?.family ?? 0)
  })
}
