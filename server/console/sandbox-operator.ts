import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StartProblem } from '../kernel/start-problem.ts'
import type { Clock } from '../kernel/clock.ts'
import { newAlphanumeric, newId, type RandomBytes } from '../kernel/ids.ts'
import type { Queryable } from '../storage/database.ts'
import { changeOperator, findOperator, findOperatorId, insertOperator } from './operator-store.ts'
import { isPassword, sealPassword } from './password.ts'

const sandbox_operators = ['demo', 'second'] as const

/**
 * Two operators for the sandbox, so that the console can be tried with nothing to configure, with
 * one password in a file only the owner reads. Kept while this database knows it; one who was
 * disabled stays disabled.
 */
export async function ensureSandboxOperators(
  db: Queryable,
  clock: Clock,
  random: RandomBytes,
  data_dir: string,
): Promise<void> {
  const file = join(data_dir, 'console-password')
  await mkdir(data_dir, { recursive: true })
  const kept = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const password = kept.trim() || newAlphanumeric(12, random)
  if (!kept) await writeFile(file, `${password}\n`, { mode: 0o600 })
  for (const name of sandbox_operators) {
    const known = await findOperator(db, name)
    if (!known && (await findOperatorId(db, name))) continue // disabled, and stays so
    if (known && (await isPassword(password, known.password))) continue
    const sealed = await sealPassword(password, random)
    if (
      !(await insertOperator(db, {
        id: newId(clock, random),
        name,
        role: 'admin',
        password: sealed,
      }))
    )
      await changeOperator(db, name, { password: sealed })
  }
}

/**
 * A sandbox on a public network has operators of its own: those of the sandbox have one password
 * for both, in a file. Throws StartProblem.
 */
export async function refuseSandboxOperators(db: Queryable): Promise<void> {
  const found: string[] = []
  for (const name of sandbox_operators) if (await findOperator(db, name)) found.push(name)
  if (found.length > 0)
    throw new StartProblem(
      `SANDBOX_ON_PUBLIC_NETWORK is on, and the sandbox's operators may sign in: ${found.join(', ')}. Disable each (npx wugan operator disable ${found[0]}) and make your own (npx wugan operator create NAME).`,
    )
}
