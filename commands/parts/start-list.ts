import { join } from 'node:path'
import { readSettings as readSandboxSettings } from '../../sandbox/settings.ts'
import { environmentOf, SettingsProblem } from '../../server/settings.ts'
import { readStartSettings } from '../../server/start-settings.ts'
import { sandboxEnvironment, serverEnvironment, type Addresses } from './environments.ts'

/** Whether a sandbox stands beside the server. */
export const withSandbox = (env: NodeJS.ProcessEnv): boolean => environmentOf(env) === 'sandbox'

/**
 * Everything that stops a start, of the server and of the sandbox beside it, in one list. Throws
 * SettingsProblem.
 */
export async function checkStart(at: Addresses, env: NodeJS.ProcessEnv): Promise<void> {
  if (!withSandbox(env)) return void (await readStartSettings(env))
  const sandbox = problemsOfSandbox(at, env)
  const server = await readStartSettings(
    serverEnvironment(at, env),
    undefined,
    join(at.data_dir, 'sandbox'),
  ).then(
    () => [],
    (error: unknown) => {
      if (error instanceof SettingsProblem) return error.problems
      throw error
    },
  )
  if (server.length + sandbox.length > 0) throw new SettingsProblem([...server, ...sandbox])
}

/** An address that is malformed is reported by the server, and the sandbox gets no address then. */
function problemsOfSandbox(at: Addresses, env: NodeJS.ProcessEnv): string[] {
  if (!URL.canParse(at.public_url)) return []
  const read = readSandboxSettings(sandboxEnvironment(at, env))
  return 'problems' in read ? read.problems : []
}
