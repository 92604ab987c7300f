import { lookup as resolve } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Addresses inside: a webhook to them would let whoever names an endpoint reach what only this server reaches (SSRF). */
const inside = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(net, prefix, 'ipv4')
/** Of IPv6 only 2000::/3 is public; what in it embeds or documents other addresses is not. */
const outside6 = new BlockList()
outside6.addSubnet('2000::', 3, 'ipv6')
for (const [net, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  inside.addSubnet(net, prefix, 'ipv6')

export function isPublic(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !inside.check(address, 'ipv4')
  return family === 6 && outside6.check(address, 'ipv6') && !inside.check(address, 'ipv6')
}

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
 * Resolves for the connection itself, so that no second answer of the name server can differ from the one that was judged. One
 * address inside among several refuses all.
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
