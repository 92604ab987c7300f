import { buildSandbox } from './app.ts'
import { readSettings } from './settings.ts'

const read = readSettings(process.env)
if ('problems' in read) {
  console.error(
    `The sandbox cannot start:\n${read.problems.map((problem) => `  - ${problem}`).join('\n')}`,
  )
  process.exit(1)
}
const { settings } = read

try {
  const app = await buildSandbox(settings)
  const address = await listen(app, settings.port)
  console.log(`sandbox ready: the wallet is at ${address}/  (state in ${settings.data_dir})`)
  const stop = (): void =>
    void app.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  process.once('SIGHUP', stop)
} catch (error) {
  console.error(`The sandbox cannot start: ${sentence(error)}`)
  process.exit(1)
}

/**
 * Listens on all local addresses, IPv4 and IPv6, so that `localhost` works whichever it resolves
 * to.
 */
async function listen(
  app: Awaited<ReturnType<typeof buildSandbox>>,
  port: number,
): Promise<string> {
  await app.listen({ port, host: 'localhost' })
  const bound = app.server.address()
  return `http://localhost:${typeof bound === 'object' && bound ? bound.port : port}`
}

function sentence(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  const { port, data_dir } = settings
  if (code === 'EADDRINUSE')
    return `port ${port} is in use. Stop the program that holds it, or set SANDBOX_PORT to another port.`
  if (message.includes('database is locked')) {
    return `another sandbox runs on ${data_dir}. Stop it, or set SANDBOX_DATA_DIR and SANDBOX_PORT for a second one.`
  }
  if (code === 'EACCES') return `${message}. Choose another SANDBOX_PORT or SANDBOX_DATA_DIR.`
  return message
}
