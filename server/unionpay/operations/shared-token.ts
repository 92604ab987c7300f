import { text, wholeNumber, type Operation } from '../operation.ts'

export type SharedTokenName = 'backendToken' | 'frontToken'
export type SharedToken = { token: string; life_s: number }

type Signed = { nonce_str: string; timestamp: string; signature: string }

/**
 * 基础访问令牌 (open platform §2.1). Asking again kills the previous token: only `tokens.ts` may
 * send it.
 */
const sharedToken = (name: SharedTokenName): Operation<Signed, SharedToken> => ({
  interface: name,
  token: null,
  body: (input) => ({
    nonceStr: input.nonce_str,
    timestamp: input.timestamp,
    signature: input.signature,
  }),
  read(params) {
    const token = text(params[name])
    const life_s = wholeNumber(params.expiresIn)
    return token && life_s ? { token, life_s } : null
  },
})

export const backendToken = sharedToken('backendToken')
export const frontToken = sharedToken('frontToken')
