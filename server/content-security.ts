import type { FastifyHelmetOptions } from '@fastify/helmet'
import { originOf } from './kernel/origin.ts'
import type { Settings } from './settings.ts'

/** `'sha256-…'` of what stands inline in the page. */
export type InlineHashes = { scripts: string[]; styles: string[] }

/**
 * Only our scripts and the configured bridge script run. The bridge's own frames and connections (`BRIDGE_SOURCES`) cannot be
 * told from outside the wallet: they are a setting and a line of the go-live list.
 */
export function contentSecurity(settings: Settings, inline: InlineHashes): FastifyHelmetOptions {
  const bridge = originOf(settings.upsdk_url)
  const sources = (settings.bridge_sources ?? '').split(/\s+/).filter((source) => source !== '')
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'", bridge, ...inline.scripts],
        'style-src': ["'self'", ...inline.styles],
        'style-src-attr': ["'unsafe-inline'"],
        'img-src': ["'self'", 'data:'],
        'connect-src': ["'self'", bridge, ...sources],
        'frame-src': [...sources, bridge],
        'frame-ancestors': settings.frame_ancestors ?? ["'none'"],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'object-src': ["'none'"],
      },
    },
    // `frame-ancestors` says it, and X-Frame-Options cannot name the sandbox.
    xFrameOptions: settings.frame_ancestors ? false : { action: 'deny' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: settings.public_url.startsWith('https:')
      ? { maxAge: 31_536_000 }
      : false,
  }
}
