import { kindOfAddress } from './ip-address.ts'

/**
 * The host of an address of the web, as every program reads it: small letters, decimal and
 * hexadecimal IPv4 as four numbers, no brackets, no dot at its end.
 */
export const hostOf = (url: string): string => plainHost(new URL(url).hostname)

export const plainHost = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.+$/, '')

/**
 * Whether a host belongs to this machine or its own network, as far as its text tells: loopback,
 * private and link-local addresses; names of one label, and below .localhost, .local and .internal.
 * Null: another name, of which only its resolution tells.
 */
export function isInside(host: string): boolean | null {
  const kind = kindOfAddress(host)
  if (kind !== null) return isInsideAddress(host)
  if (host === '' || !host.includes('.')) return host !== ''
  return /[^.]\.(localhost|local|internal)$/.test(host) ? true : null
}

export const isInsideAddress = (address: string): boolean =>
  ['loopback', 'private', 'link_local'].includes(kindOfAddress(address) ?? '')

/** This machine itself, under whatever name it has everywhere. */
export const isOwnMachine = (host: string): boolean =>
  kindOfAddress(host) === 'loopback' || /^(.*\.)?localhost$/.test(host)
