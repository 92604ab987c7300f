import { Pool, ProxyAgent } from 'undici'
import { isOwnMachine, plainHost } from '../kernel/host.ts'

/** What the wall needs of a pool of connections to one address. */
export type HttpPool = Pick<Pool, 'request' | 'destroy'>

/** Opens one. The network is passed in, so that a simulation owns it. */
export type OpenPool = (origin: string, options: Pool.Options) => HttpPool

export const openPool: OpenPool = (origin, options) => new Pool(origin, options)

/**
 * The same through a forward proxy, by CONNECT: TLS and its certificate stay between UnionPay and
 * us. What is on this machine is reached directly, whatever the proxy.
 */
export const openPoolThrough =
  (proxy: string): OpenPool =>
  (origin, options) => {
    if (isOwnMachine(plainHost(new URL(origin).hostname))) return openPool(origin, options)
    const { connect, ...limits } = options
    const tls = (typeof connect === 'object' ? connect : {}) as ProxyAgent.Options['requestTls']
    const agent = new ProxyAgent({
      ...limits,
      uri: proxy,
      ...(tls ? { requestTls: tls } : {}),
      ...(tls?.timeout ? { proxyTls: { timeout: tls.timeout } as typeof tls } : {}),
    })
    return {
      request: (wanted: Parameters<Pool['request']>[0]) => agent.request({ ...wanted, origin }),
      destroy: ((error?: Error) => agent.destroy(error ?? null)) as Pool['destroy'],
    }
  }
