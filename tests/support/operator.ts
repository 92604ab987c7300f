import type { ErrorView, OperatorView } from '../../server/api.ts'
import { insertOperator } from '../../server/console/operator-store.ts'
import type { Role } from '../../server/console/operator.ts'
import { sealPassword } from '../../server/console/password.ts'
import { realClock } from '../../server/kernel/clock.ts'
import { newId, systemRandom } from '../../server/kernel/ids.ts'
import type { Database } from '../../server/storage/database.ts'
import { Refused } from './payer.ts'

export const password = 'correct horse battery staple'

/** An operator of the console with a headless browser, not yet signed in. */
export async function createOperator(url: string, database: Database, name: string, role: Role) {
  await insertOperator(database.pool, {
    id: newId(realClock, systemRandom),
    name,
    role,
    password: await sealPassword(password, systemRandom),
  })
  const jar = new Map<string, string>()
  const cookie = (): string => [...jar].map(([key, value]) => `${key}=${value}`).join('; ')
  const call = async <View>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<View> => {
    const answer = await fetch(`${url}/console/api${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(jar.size > 0 ? { cookie: cookie() } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    for (const set of answer.headers.getSetCookie()) {
      const [key = '', value = ''] = (set.split(';')[0] ?? '').split('=')
      jar.set(key, value)
    }
    const view: unknown = await answer.json()
    if (!answer.ok) throw new Refused(answer.status, view as ErrorView)
    return view as View
  }
  return {
    call,
    name,
    signIn: (given = password) => call<OperatorView>('POST', '/sign-in', { name, password: given }),
    cookie,
    jar,
  }
}

export type ConsoleOperator = Awaited<ReturnType<typeof createOperator>>
