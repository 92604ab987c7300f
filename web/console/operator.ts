import { shallowRef } from 'vue'
import type { OperatorView } from '../../server/api.ts'
import { consoleServer } from '../api/console-server.ts'
import type { Fault } from '../api/result.ts'

/** Who is signed in; null: nobody; undefined: not asked yet. */
export const operator = shallowRef<OperatorView | null | undefined>(undefined)

/** Why nobody could be asked who is signed in: that is another thing than nobody. */
export const askingFault = shallowRef<Fault | null>(null)

export async function askOperator(): Promise<void> {
  const result = await consoleServer.operator()
  askingFault.value = result.ok || result.fault.code === 'not_signed_in' ? null : result.fault
  if (askingFault.value === null) operator.value = result.ok ? result.value : null
}

export async function signOut(): Promise<void> {
  await consoleServer.signOut()
  operator.value = null
}

export const mayOperate = (): boolean =>
  operator.value?.role === 'operator' || operator.value?.role === 'admin'
