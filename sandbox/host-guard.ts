import { isIPv4 } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Settings } from './settings.ts'

/**
 * Refuses the control API and the page endpoints under a foreign host name: any page can point its
 * own name to this machine (DNS rebinding) and then has the same origin as the sandbox. Loopback
 * names and those of SANDBOX_HOSTS pass.
 */
export function guardHosts(app: FastifyInstance, { hosts }: Pick<Settings, 'hosts'>): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!/^\/_(control|pages)\//.test(request.url)) return
    const name = nameOf(request.headers.host ?? '')
    if (isLoopback(name) || hosts.includes(name)) return
    return reply.code(403).send({
      error: 'foreign_host',
      message: `The Host header says “${name.slice(0, 100)}”, which is no name of this machine's own. Ask localhost, or name it in SANDBOX_HOSTS.`,
    })
  })
}

/** Lower case, without the port and the brackets of IPv6. */
const nameOf = (host: string): string =>
  host
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')

const isLoopback = (name: string): boolean =>
  name === 'localhost' ||
  name.endsWith('.localhost') ||
  name === '::1' ||
  (isIPv4(name) && name.startsWith('127.'))
