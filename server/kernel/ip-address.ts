import { BlockList, isIP } from 'node:net'

/**
 * What an address is to the outside: `reserved` is neither public nor of a private network
 * (documents, carriers, multicast).
 */
export type AddressKind = 'loopback' | 'link_local' | 'private' | 'reserved' | 'public'

const ranges: readonly (readonly [AddressKind, string, number, 'ipv4' | 'ipv6'])[] = [
  ['loopback', '127.0.0.0', 8, 'ipv4'],
  ['loopback', '0.0.0.0', 32, 'ipv4'], // connects to this machine
  ['loopback', '::1', 128, 'ipv6'],
  ['loopback', '::', 128, 'ipv6'],
  ['link_local', '169.254.0.0', 16, 'ipv4'],
  ['link_local', 'fe80::', 10, 'ipv6'],
  ['private', '10.0.0.0', 8, 'ipv4'],
  ['private', '172.16.0.0', 12, 'ipv4'],
  ['private', '192.168.0.0', 16, 'ipv4'],
  ['private', 'fc00::', 7, 'ipv6'],
  ['reserved', '0.0.0.0', 8, 'ipv4'],
  ['reserved', '100.64.0.0', 10, 'ipv4'],
  ['reserved', '168.63.129.16', 32, 'ipv4'], // Azure's own services, which every machine there reaches under this number
  ['reserved', '192.0.0.0', 24, 'ipv4'],
  ['reserved', '192.0.2.0', 24, 'ipv4'],
  ['reserved', '192.88.99.0', 24, 'ipv4'],
  ['reserved', '198.18.0.0', 15, 'ipv4'],
  ['reserved', '198.51.100.0', 24, 'ipv4'],
  ['reserved', '203.0.113.0', 24, 'ipv4'],
  ['reserved', '224.0.0.0', 3, 'ipv4'],
  ['reserved', '2001::', 23, 'ipv6'],
  ['reserved', '2001:db8::', 32, 'ipv6'],
  ['reserved', '2002::', 16, 'ipv6'],
  ['reserved', '3fff::', 20, 'ipv6'],
]
const lists = ranges.map(([kind, net, prefix, family]) => {
  const list = new BlockList()
  list.addSubnet(net, prefix, family)
  return { kind, family, list }
})
/** Of IPv6 only 2000::/3 is public. */
const global6 = new BlockList()
global6.addSubnet('2000::', 3, 'ipv6')

/**
 * Null when it is no IP address. An IPv4 address written as IPv6 (::ffff:10.0.0.1) counts as what
 * it is.
 */
export function kindOfAddress(text: string): AddressKind | null {
  const address = plainForm(text)
  if (address === null) return null
  const family = isIP(address) === 4 ? 'ipv4' : 'ipv6'
  const found = lists.find((one) => one.family === family && one.list.check(address, family))
  if (found) return found.kind
  return family === 'ipv4' || global6.check(address, 'ipv6') ? 'public' : 'reserved'
}

/**
 * What stands for everybody behind one connection: an IPv4 address, or the first 64 bits of an IPv6
 * address, which one subscriber has alone.
 */
export function networkOf(text: string): string {
  const address = plainForm(text)
  if (address === null || isIP(address) === 4) return address ?? text
  return `${groupsOf(address)
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

/**
 * Without the zone of a link, IPv4 for what is only written as IPv6; null when it is no address.
 */
function plainForm(text: string): string | null {
  const [address = ''] = text.split('%')
  if (isIP(address) !== 6) return isIP(text) === 4 ? text : null
  const groups = groupsOf(address)
  const [high = 0, low = 0] = groups.slice(6)
  const is_mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  return is_mapped ? [high >> 8, high & 255, low >> 8, low & 255].join('.') : address
}

/** The eight groups of a valid IPv6 address. */
function groupsOf(address: string): number[] {
  const hex = address.replace(
    /(\d+)\.(\d+)\.(\d+)\.(\d+)$/,
    (_all, ...parts: string[]) =>
      `${pair(parts[0], parts[1]).toString(16)}:${pair(parts[2], parts[3]).toString(16)}`,
  )
  const [head = '', tail] = hex.split('::')
  const numbers = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16))
  const [first, last] = [numbers(head), numbers(tail ?? '')]
  const gap = tail === undefined ? 0 : 8 - first.length - last.length
  return [...first, ...Array.from({ length: gap }, () => 0), ...last]
}

const pair = (high = '0', low = '0'): number => Number(high) * 256 + Number(low)
