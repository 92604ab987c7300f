import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type, type Static } from 'typebox'
import type { Parts } from '../parts.ts'
import type { User } from './users.ts'
import { walletCookie, whoseWallet } from './whose-wallet.ts'

/**
 * Another user signs in to the wallet on this phone. The wallet may retain or clear the cookies of
 * the pages it opened before.
 */
export const SwitchSchema = Type.Object(
  { user_id: Type.String(), cookies: Type.Optional(Type.Enum(['kept', 'cleared'])) },
  { additionalProperties: false },
)
export type Switch = Static<typeof SwitchSchema>

/**
 * Switches this browser to another user's wallet; null when there is no such user. `cleared`
 * deletes every other cookie that the browser sends here: browsers share cookies between all ports
 * of a host, so those of an H5 on the same host are included, and those of another host are not.
 */
export function switchUser(
  parts: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
  { user_id, cookies = 'kept' }: Switch,
): User | null {
  const [before, user] = [whoseWallet(parts, request), parts.users.byId(user_id)]
  if (!user) return null
  if (cookies === 'cleared') {
    for (const name of Object.keys(request.cookies)) {
      if (name !== walletCookie)
        reply.clearCookie(name, { path: '/', secure: name.startsWith('__') })
    }
  }
  reply.setCookie(walletCookie, user.user_id, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    maxAge: 365 * 86_400,
  })
  parts.journal.add({
    direction: 'page',
    kind: 'wallet.switch',
    user_id: user.user_id,
    summary: `切换钱包用户：${before.name} → ${user.name}（Cookie ${cookies === 'kept' ? '保留' : '清除'}）`,
    request: { method: 'POST', url: request.url, body: { user_id, cookies } },
    response: { status: 200, body: { user_id: user.user_id } },
  })
  return user
}
