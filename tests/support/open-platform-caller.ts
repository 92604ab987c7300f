import { createHash } from 'node:crypto'
import { sandboxApp } from '../../sandbox/settings.ts'
import type { SandboxControl } from './sandbox-control.ts'

export type PlatformAnswer = { resp: string; msg: string; params: Record<string, string> }
export type Caller = ReturnType<typeof createCaller>

export const retailPlan = 'a1f0c3d2e4b5968778695a4b3c2d1e04'
export const metroPlan = 'a1f0c3d2e4b5968778695a4b3c2d1e01'
export const fuelPlan = 'a1f0c3d2e4b5968778695a4b3c2d1e03'

/** A minimal merchant's server that calls the sandbox without the server under test. */
export function createCaller(url: string, control: SandboxControl) {
  const appId = sandboxApp.app_id
  const send = (name: string, body: unknown): Promise<Response> =>
    fetch(`${url}/open/access/1.0/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const call = async (name: string, body: unknown): Promise<PlatformAnswer> =>
    (await (await send(name, body)).json()) as PlatformAnswer
  const tokenRequest = (timestamp: string, nonceStr = 'ty5lI76BJxVjAlSk') => ({
    appId,
    nonceStr,
    timestamp,
    signature: createHash('sha256')
      .update(
        `appId=${appId}&nonceStr=${nonceStr}&secret=${sandboxApp.app_secret}&timestamp=${timestamp}`,
      )
      .digest('hex'),
  })
  const seconds = async (): Promise<string> =>
    String(Math.floor(Date.parse((await control.clock()).now) / 1000))
  const askToken = async (kind: 'backendToken' | 'frontToken'): Promise<PlatformAnswer> =>
    call(kind, tokenRequest(await seconds()))
  let backendToken = ''
  return {
    appId,
    send,
    call,
    tokenRequest,
    seconds,
    askToken,
    async refresh(): Promise<string> {
      backendToken = (await askToken('backendToken')).params.backendToken ?? ''
      return backendToken
    },
    /** With appId and the last backendToken. */
    ask: (name: string, body: Record<string, unknown>) =>
      call(name, { appId, backendToken, ...body }),
    exchange: (code: string) =>
      call('token', { appId, backendToken, code, grantType: 'authorization_code' }),
    /** From the user's consent to the contract: all steps of a merchant. */
    async sign(user_id: string, planId = retailPlan, contractCode = 'C1') {
      const { openId = '', accessToken = '' } = (
        await this.exchange(await control.code(user_id, 'upapi_contract', planId))
      ).params
      const answer = await this.ask('contract.apply', { openId, accessToken, planId, contractCode })
      return { ...answer, openId, accessToken, contract_id: answer.params.contractId ?? '' }
    },
  }
}
