import { join } from 'node:path'
import { buildPages } from './build.ts'
import { readAddresses, sandboxEnvironment, serverEnvironment } from './parts/environments.ts'
import { leaver } from './parts/leave.ts'
import { noteRunning, problemOfFolder, problemOfPorts } from './parts/running.ts'
import { sentenceOfSystem } from '../server/kernel/start-problem.ts'
import { checkStart, withSandbox } from './parts/start-list.ts'
import { server_flags } from './parts/server-flags.ts'
import { startProgram, untilReady, type Program } from './parts/program.ts'
import { printWelcome } from './parts/welcome.ts'

/**
 * `npm start`: builds what changed, starts the sandbox and the server and says what to open. With
 * UNIONPAY_ENV=test or production it starts the server alone, whose log is then our output.
 */
const at = readAddresses(process.env)
const with_sandbox = withSandbox(process.env)
const running: Program[] = []
const { leave, isLeaving, listen } = leaver(running)

listen()

try {
  await checkStart(at, process.env)
  await checkPlaces()
  await buildPages()
  if (with_sandbox) await startBoth()
  else await startServerAlone()
} catch (error) {
  if (!isLeaving()) console.error(sentenceOfSystem(error) ?? (error as Error).message)
  await leave(1)
}

async function startBoth(): Promise<void> {
  const logs = join(at.data_dir, 'logs')
  // The sandbox first: it makes the key that the server checks notifications with.
  await start(
    'sandbox',
    'sandbox/main.ts',
    sandboxEnvironment(at, process.env),
    at.sandbox_url,
    join(logs, 'sandbox.log'),
  )
  await start(
    'server',
    'server/main.ts',
    serverEnvironment(at, process.env),
    `http://localhost:${at.port}`,
    join(logs, 'server.log'),
  )
  printWelcome(at, logs)
}

async function startServerAlone(): Promise<void> {
  await start('server', 'server/main.ts', { ...process.env }, `http://localhost:${at.port}`, null)
}

async function start(
  name: string,
  main: string,
  env: Record<string, string | undefined>,
  url: string,
  log_file: string | null,
): Promise<void> {
  if (isLeaving()) return
  const program = startProgram(name, main, {
    env,
    log_file,
    ...(name === 'server' ? { flags: server_flags } : {}),
  })
  running.push(program)
  void program.ended.then((how) => {
    if (isLeaving()) return
    console.error(`The ${name} ${how}.${log_file ? ` Its log: ${log_file}` : ''}`)
    void leave(1)
  })
  await untilReady(program, url)
}

async function checkPlaces(): Promise<void> {
  const { METRICS_PORT } = process.env
  const problem =
    (with_sandbox ? await problemOfFolder(at) : null) ??
    (await problemOfPorts([
      { name: 'PORT', port: at.port },
      ...(with_sandbox ? [{ name: 'SANDBOX_PORT', port: at.sandbox_port }] : []),
      ...(METRICS_PORT?.trim() ? [{ name: 'METRICS_PORT', port: Number(METRICS_PORT) }] : []),
    ]))
  if (problem !== null) throw new Error(problem)
  if (with_sandbox) noteRunning(at, `${at.sandbox_url}/`)
}
