import { shallowRef } from 'vue'
import type { OperatorView } from '../../server/api.ts'
import { consoleServer } from '../api/console-server.ts'
import type { Fault } from '../api/result.ts'

/** The signed-in operator; null: nobody; undefined: not loaded yet. */
export const operator = shallowRef<OperatorView | null | undefined>(undefined)

/** Why the operator could not be loaded. That differs from nobody being signed in. */
export const operatorFault = shallowRef<Fault | null>(null)

export async function loadOperator(): Promise<void> {
  const result = await consoleServer.operator()
  operatorFault.value = result.ok || result.fault.code === 'not_signed_in' ? null : result.fault
  if (operatorFault.value === null) operator.value = result.ok ? result.value : null
}

export async function signOut(): Promise<void> {
  await consoleServer.signOut()
  operator.value = null
}

export const mayOperate = (): boolean =>
  operator.value?.role === 'operator' || operator.value?.role === 'admin'
