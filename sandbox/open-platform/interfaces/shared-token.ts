import { failure, success } from '../answer.ts'
import { fields } from '../fields.ts'
import type { Interface } from '../interface.ts'
import { digestOf, isInTimeWindow } from '../signature.ts'
import type { TokenKind } from '../tokens.ts'

/**
 * backendToken and frontToken (open platform §2): the only signed interfaces of the open platform.
 */
const sharedToken = (kind: TokenKind): Interface => ({
  name: kind,
  fields: [fields.appId, fields.nonceStr, fields.timestamp, fields.signature],
  answer(parts, { appId = '', nonceStr = '', timestamp = '', signature }) {
    const { app_id, app_secret } = parts.settings
    if (appId !== app_id) return failure('N62126', 'appId 不存在')
    if (parts.tokens.askedTooOften(kind))
      return failure('SG0024', '非法请求：请求过于频繁，已被限制')
    if (!isInTimeWindow(timestamp, parts.clock.nowMs()))
      return failure('BC0024', '非法请求：timestamp 与北京时间相差超过 5 分钟')
    const expected = digestOf({ appId, nonceStr, secret: app_secret, timestamp })
    if (signature !== expected) return failure('N60025', 'signature 验签失败')
    const { token, life_s } = parts.tokens.issue(kind)
    return success({ [kind]: token, expiresIn: life_s })
  },
})

export const backendToken = sharedToken('backendToken')
export const frontToken = sharedToken('frontToken')
