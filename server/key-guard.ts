import type { FastifyRequest } from 'fastify'
import { guardPrefix } from './guard-prefix.ts'
import { Refusal } from './errors.ts'
import type { Server } from './http-types.ts'

export const verbs = [
  'read',
  'charge',
  'refund',
  'resolve',
  'terminate',
  'sign',
  'webhooks',
] as const
export type Verb = (typeof verbs)[number]

/** An API key of the merchant's systems: what it may do and for which plans (empty: every plan). */
export type ApiKey = { id: string; name: string; verbs: Verb[]; plan_ids: string[] }

export type FindKey = (secret: string) => Promise<ApiKey | null>

/** The key of a request, found when the request entered /v1/. Refuses verb_not_allowed. */
export type KeyGuard = (request: FastifyRequest, verb: Verb) => Promise<ApiKey>

/** Guards /v1/: a request without a known key is refused with api_key_invalid. */
export function createKeyGuard(server: Server, findKey: FindKey): KeyGuard {
  const known = new WeakMap<FastifyRequest, ApiKey>()
  guardPrefix(server, '/v1/', async (request) => {
    const secret = /^Bearer (\S{20,100})$/.exec(request.headers.authorization ?? '')?.[1]
    const key = secret ? await findKey(secret) : null
    if (!key) throw new Refusal('api_key_invalid')
    known.set(request, key)
  })
  return async (request, verb) => {
    const key = known.get(request)
    if (!key) throw new Refusal('api_key_invalid')
    if (!key.verbs.includes(verb)) throw new Refusal('verb_not_allowed')
    return key
  }
}

/**
 * The author of a decision that came with a key: the name the caller gave, and the key, so that no
 * system signs as a person alone.
 */
export const authorOf = (key: Pick<ApiKey, 'id' | 'name'>, given: string): string =>
  `${given} (API key ${key.name}, ${key.id})`

export const coversPlan = (key: ApiKey, plan_id: string): boolean =>
  key.plan_ids.length === 0 || key.plan_ids.includes(plan_id)
