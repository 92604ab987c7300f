import { Pool } from 'undici'

/** What the wall needs of a pool of connections to one address. */
export type HttpPool = Pick<Pool, 'request' | 'destroy'>

/** Opens one. The network is passed in, so that a simulation owns it. */
export type OpenPool = (origin: string, options: Pool.Options) => HttpPool

export const openPool: OpenPool = (origin, options) => new Pool(origin, options)
