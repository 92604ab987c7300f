import { shallowRef } from 'vue'
import type { OperatorView } from '../../server/api.ts'
import { consoleServer } from '../api/console-server.ts'

/** Who is signed in; null: nobody; undefined: not asked yet. */
export const operator = shallowRef<OperatorView | null | undefined>(undefined)

export async function askOperator(): Promise<void> {
  const result = await consoleServer.operator()
  operator.value = result.ok ? result.value : null
}

export async function signOut(): Promise<void> {
  await consoleServer.signOut()
  operator.value = null
}

export const mayOperate = (): boolean =>
  operator.value?.role === 'operator' || operator.value?.role === 'admin'
