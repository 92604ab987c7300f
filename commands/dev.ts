import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, createServer, type Plugin, type ViteDevServer } from 'vite'
import { readAddresses, sandboxEnvironment, serverEnvironment } from './parts/environments.ts'
import { leaver } from './parts/leave.ts'
import { noteRunning, problemOfFolder, problemOfPorts } from './parts/running.ts'
import { checkStart } from './parts/start-list.ts'
import { sentenceOfSystem } from '../server/kernel/start-problem.ts'
import { startProgram, untilReady, type Program } from './parts/program.ts'

/**
 * `npm run dev`: the same addresses as `npm start`, with hot reload. Vite's dev servers stand in
 * front on PORT and SANDBOX_PORT; the programs run behind them, two ports higher, and are restarted
 * when their files change; the console's pages four ports higher.
 */
const at = readAddresses(process.env)
const behind = {
  ...at,
  port: at.port + 2,
  sandbox_port: at.sandbox_port + 2,
  console_port: at.port + 4,
}
const path = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url))
const running: (Program | { stop(): Promise<void> })[] = []
const { leave, isLeaving, listen } = leaver(running)

listen()

try {
  await checkStart(at, process.env)
  const problem =
    (await problemOfFolder(at)) ??
    (await problemOfPorts([
      { name: 'PORT', port: at.port },
      { name: 'SANDBOX_PORT', port: at.sandbox_port },
      ...[behind.port, behind.sandbox_port, behind.console_port].map((port) => ({
        name: port === behind.sandbox_port ? 'SANDBOX_PORT' : 'PORT',
        port,
      })),
    ]))
  if (problem !== null) throw new Error(problem)
  noteRunning(at, `${at.sandbox_url}/`)
  await startPages() // first: the server asks the sandbox through its front
  await startPrograms()
  console.log(
    `\n  Open ${at.sandbox_url}/\n  Pages, server and sandbox reload when their files change. Stop: Ctrl-C\n`,
  )
} catch (error) {
  if (!isLeaving()) console.error(sentenceOfSystem(error) ?? (error as Error).message)
  await leave(1)
}

async function startPrograms(): Promise<void> {
  // Addresses stay those of the front; only the ports they listen on move.
  const sandbox_env = {
    ...sandboxEnvironment(at, process.env),
    SANDBOX_PORT: String(behind.sandbox_port),
  }
  const server_env = {
    ...serverEnvironment(at, process.env),
    LOG_LEVEL: 'warn',
    PORT: String(behind.port),
  }
  // upsdk.js is a classic script: built again at every change, served by the sandbox itself.
  await build({
    configFile: path('sandbox/pages/upsdk.vite.config.ts'),
    logLevel: 'warn',
    build: { watch: {} },
  })
  const sandbox = startProgram('sandbox', 'sandbox/main.ts', {
    env: sandbox_env,
    log_file: join(at.data_dir, 'logs', 'sandbox.log'), // it would name the address behind the front
    watch: true,
  })
  running.push(sandbox)
  await untilReady(sandbox, `http://localhost:${behind.sandbox_port}`)
  const server = startProgram('server', 'server/main.ts', {
    env: server_env,
    log_file: null,
    watch: true,
  })
  running.push(server)
  await untilReady(server, `http://localhost:${behind.port}`)
}

async function startPages(): Promise<void> {
  const to = (port: number, ...paths: string[]) =>
    Object.fromEntries(paths.map((prefix) => [prefix, `http://localhost:${port}`]))
  const web = await createServer({
    configFile: path('vite.config.ts'),
    server: {
      port: at.port,
      strictPort: true,
      host: 'localhost',
      proxy: {
        ...to(
          behind.port,
          '/api',
          '/v1/',
          '/notify/',
          '/health/',
          '/docs',
          '/llms.txt',
          '/console/api/',
        ),
        ...to(behind.console_port, '/console'),
      },
    },
  })
  const operators = await createServer({
    configFile: path('web/console/vite.config.ts'),
    server: {
      port: behind.console_port,
      strictPort: true,
      host: 'localhost',
      ws: { clientPort: behind.console_port },
    },
  })
  const sandbox = await createServer({
    configFile: path('sandbox/pages/vite.config.ts'),
    appType: 'mpa',
    plugins: [unionPayAddresses()],
    server: {
      port: at.sandbox_port,
      strictPort: true,
      host: 'localhost',
      // `/` is the whole path of the host of statement files, who is posted to; who reads it wants
      // the wallet page
      proxy: to(
        behind.sandbox_port,
        '/open/',
        '/_pages/',
        '/_control/',
        '/health/',
        '/s/open/js/upsdk.js',
        '/gateway/',
        '^/$',
      ),
    },
  })
  for (const front of [operators, web, sandbox]) await openFront(front)
  listen() // Vite would end this process at SIGTERM before the programs have ended
}

async function openFront(front: ViteDevServer): Promise<void> {
  await front.listen()
  running.push({ stop: () => front.close() })
}

/** The pages under the addresses they have at UnionPay (sandbox/static-pages.ts). */
function unionPayAddresses(): Plugin {
  const pages: Record<string, string> = {
    '/': '/wallet.html',
    '/native-app': '/native-app.html',
    '/s/open/html/oauth.html': '/oauth.html',
    '/s/open/auth/outApp/html/outLogin.html': '/out-login.html',
    '/s/open/noPwd/html/open.html': '/signing.html',
  }
  return {
    name: 'unionpay-addresses',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const [name = '', ...query] = (request.url ?? '').split('?')
        if (pages[name] && request.method !== 'POST')
          request.url = [pages[name], ...query].join('?')
        next()
      })
    },
  }
}
