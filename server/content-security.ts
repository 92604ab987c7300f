import type { FastifyHelmetOptions } from '@fastify/helmet'
import { originOf } from './kernel/origin.ts'
import type { Settings } from './settings.ts'

/** `'sha256-…'` of what stands inline in the page. */
export type InlineHashes = { scripts: string[]; styles: string[] }

type Directives = Record<string, string[]>

const ownDirectives = (settings: Settings): Directives => ({
  'default-src': ["'self'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'style-src-attr': ["'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'frame-src': ["'none'"],
  'frame-ancestors': settings.frame_ancestors ?? ["'none'"],
  'form-action': ["'self'"],
  'base-uri': ["'none'"],
  'object-src': ["'none'"],
})

/**
 * The headers of every answer. Only our own scripts run: the console and the API documents have
 * nothing to do with the wallet.
 */
export const contentSecurity = (settings: Settings): FastifyHelmetOptions => ({
  contentSecurityPolicy: { useDefaults: false, directives: ownDirectives(settings) },
  // `frame-ancestors` says it, and X-Frame-Options cannot name the sandbox.
  xFrameOptions: settings.frame_ancestors ? false : { action: 'deny' },
  crossOriginResourcePolicy: { policy: 'same-origin' },
  referrerPolicy: { policy: 'no-referrer' },
  strictTransportSecurity: settings.public_url.startsWith('https:')
    ? { maxAge: 31_536_000 }
    : false,
})

/**
 * The policy of the page in the wallet: the bridge script runs too, and the wallet's own bridge may
 * announce itself by frames (`BRIDGE_SOURCES`). Which ones cannot be found out outside the wallet:
 * they are a setting and a line of the go-live list.
 */
export function pageSecurity(
  settings: Settings,
  inline: InlineHashes,
): Pick<FastifyHelmetOptions, 'contentSecurityPolicy'> {
  const bridge = originOf(settings.upsdk_url)
  const sources = settings.bridge_sources ?? []
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        ...ownDirectives(settings),
        'script-src': ["'self'", bridge, ...inline.scripts],
        'style-src': ["'self'", ...inline.styles],
        // `https:` is the only source that admits the bridge's frame; what the page knows must not
        // go everywhere too
        'connect-src': ["'self'", bridge, ...sources.filter((source) => !anywhere.test(source))],
        'frame-src': [...sources, bridge],
      },
    },
  }
}

/** A source that names no host. */
const anywhere = /^(\*|(https?|wss?):(\/\/\*)?)(:\*)?$/i
