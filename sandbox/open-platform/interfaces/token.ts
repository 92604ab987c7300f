import { randomBase64 } from '../../random.ts'
import { accessTokenLifeS } from '../access-tokens.ts'
import { failure, success } from '../answer.ts'
import { refuseCaller } from '../callers.ts'
import { fields } from '../fields.ts'
import type { Interface } from '../interface.ts'

/** code → accessToken and openId (open platform §3.4). A code works once. */
export const token: Interface = {
  name: 'token',
  fields: [fields.appId, fields.backendToken, fields.code, fields.grantType],
  answer(parts, request) {
    const refusal = refuseCaller(parts, request)
    if (refusal) return refusal
    const grant = parts.codes.redeem(request.code ?? '')
    const user = grant && parts.users.byId(grant.user_id)
    if (!grant || !user) return failure('a31', 'code 授权码错误或已过期')
    if (!user.registered) return failure('3023', '用户不存在')
    return success({
      accessToken: parts.access_tokens.issue(grant),
      expiresIn: accessTokenLifeS,
      refreshToken: randomBase64(72), // reserved by UnionPay, without a use (§3.4)
      openId: user.open_id,
      scope: grant.scope,
      unionId: user.union_id,
    })
  },
}
