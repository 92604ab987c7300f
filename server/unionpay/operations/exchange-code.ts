import { text, type Operation } from '../operation.ts'

export type Exchanged = { open_id: string; access_token: string; scope: string | null }

/** code → accessToken and openId (open platform §3.4). The code is used up by it. */
export const exchangeCode: Operation<{ code: string }, Exchanged> = {
  interface: 'token',
  token: 'backendToken',
  body: (input) => ({ code: input.code, grantType: 'authorization_code' }),
  read(params) {
    const open_id = text(params.openId)
    const access_token = text(params.accessToken)
    if (!open_id || !access_token || open_id.length > 128) return null
    return { open_id, access_token, scope: text(params.scope) }
  },
}
