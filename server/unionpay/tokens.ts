import type { Clock } from '../kernel/clock.ts'
import { unixSeconds } from '../kernel/clock.ts'
import { newAlphanumeric, type RandomBytes } from '../kernel/ids.ts'
import {
  backendToken,
  frontToken,
  type SharedToken,
  type SharedTokenName,
} from './operations/shared-token.ts'
import { tokenSignature } from './signature.ts'
import type { CallOutcome } from './call-outcome.ts'
import type { Operation } from './operation.ts'
import type { TokenStore } from './token-store.ts'

export type Credentials = { app_id: string; app_secret: string }

/** Calls an operation that carries no shared token. */
type CallBare = <Input, Value>(
  operation: Operation<Input, Value>,
  input: Input,
) => Promise<CallOutcome<Value>>

export type Tokens = {
  /**
   * The shared token, or null when none can be had now. `refused_token` is one UnionPay has just
   * called invalid.
   */
  get(name: SharedTokenName, refused_token?: string): Promise<string | null>
}

export const token_patience_ms = 12_000
const pause_ms = 100

/**
 * One token for all processes (open platform §2.3): kept in storage, refreshed by the one process
 * that wins the row's lease, since asking again kills the token the others hold. The network call
 * happens outside any transaction.
 */
export function createTokens(
  store: TokenStore,
  credentials: Credentials,
  clock: Clock,
  random: RandomBytes,
  callBare: CallBare,
  wait: (ms: number) => Promise<void>,
): Tokens {
  const ask = async (name: SharedTokenName): Promise<CallOutcome<SharedToken>> => {
    const members = {
      appId: credentials.app_id,
      nonceStr: newAlphanumeric(16, random),
      timestamp: unixSeconds(clock),
    }
    const signature = tokenSignature({ ...members, secret: credentials.app_secret })
    const operation = name === 'backendToken' ? backendToken : frontToken
    return callBare(operation, {
      nonce_str: members.nonceStr,
      timestamp: members.timestamp,
      signature,
    })
  }

  const refresh = async (name: SharedTokenName, lease_id: string): Promise<string | null> => {
    const outcome = await ask(name)
    if (outcome.kind !== 'done') {
      await store.giveUpLease(name, lease_id)
      return null
    }
    await store.keep(name, lease_id, outcome.value.token, outcome.value.life_s)
    return outcome.value.token
  }

  return {
    async get(name, refused_token) {
      const lease_id = newAlphanumeric(16, random)
      for (let waited = 0; waited < token_patience_ms; waited += pause_ms) {
        const found = await store.find(name)
        if (found && found !== refused_token) return found
        const turn = await store.takeLease(name, lease_id, refused_token ?? null)
        if (turn === 'ours') return refresh(name, lease_id)
        if (turn === 'failing') return null
        await wait(pause_ms)
      }
      return null
    },
  }
}
