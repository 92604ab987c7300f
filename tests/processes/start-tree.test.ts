import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { freePort } from '../../commands/parts/ports.ts'
import { isAlive } from '../../server/storage/embedded-cluster.ts'
import { removeCluster } from '../support/database-server.ts'
import { timeLimit } from '../support/time-limits.ts'
import { until } from '../support/until.ts'

type Node = { pid: number; parent: number; command: string }

/** Every running process, by proc(5). */
const processes = (): Node[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
        return state === 'Z' ? [] : [{ pid: Number(name), parent: Number(parent), command }]
      } catch {
        return [] // it has just exited
      }
    })

const below = (pid: number, all: readonly Node[]): Node[] =>
  all.filter(({ parent }) => parent === pid).flatMap((one) => [one, ...below(one.pid, all)])

const folders: string[] = []
const started: ChildProcess[] = []
afterEach(async () => {
  for (const child of started.splice(0)) {
    for (const { pid } of below(child.pid ?? 0, processes())) process.kill(pid, 'SIGTERM')
    child.kill('SIGTERM')
  }
  for (const folder of folders.splice(0)) {
    await removeCluster(join(folder, 'data 数据'))
    await rm(folder, { recursive: true, force: true })
  }
})

/** npm with one of our scripts, in a folder whose name has a blank and Chinese letters. */
async function startScript(words: string[], change: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'wugan-tree-'))
  folders.push(folder)
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    PORT: String(await freePort()),
    SANDBOX_PORT: String(await freePort()),
    DATA_DIR: join(folder, 'data 数据'),
    ...change,
  }
  const child = spawn('npm', words, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  started.push(child)
  const said = { text: '' }
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => void (said.text += chunk.toString('utf8')))
  const ended = new Promise<void>((resolve) => void child.once('close', () => resolve()))
  return { child, env, said, ended }
}

const running = async (script: Awaited<ReturnType<typeof startScript>>, line: string) => {
  await until(
    `${line} is printed`,
    async () => {
      if (script.child.exitCode !== null) throw new Error(script.said.text)
      return script.said.text.includes(line)
    },
    timeLimit(120_000),
  )
  const own = below(script.child.pid ?? 0, processes())
  // PostgreSQL runs detached, so that a kill leaves the data intact
  const postgres = processes().filter(({ command }) => command.includes(script.env.DATA_DIR))
  return [...own, ...postgres.filter(({ pid }) => !own.some((one) => one.pid === pid))]
}

const proxies = {
  NODE_USE_ENV_PROXY: '1',
  HTTP_PROXY: 'http://127.0.0.1:1',
  HTTPS_PROXY: 'http://127.0.0.1:1',
  http_proxy: 'http://127.0.0.1:1',
}

test.each([
  ['npm', 'SIGTERM', null],
  ['npm', 'SIGKILL', null],
  ['npm', 'SIGHUP', null],
  ['its starter', 'SIGINT', 'commands/wugan.js start'],
  ['the server', 'SIGHUP', 'server/main.ts'],
  ['the sandbox', 'SIGTERM', 'sandbox/main.ts'],
] as const)(
  '`npm start` stops all its processes when %s gets %s, also beside a proxy for everything else',
  async (_who, signal, command) => {
    const script = await startScript(['start'], proxies)
    const tree = await running(script, 'wugan is running')
    const names = tree.map((one) => one.command).join('\n')
    for (const part of ['commands/wugan.js start', 'server/main.ts', 'sandbox/main.ts', 'postgres'])
      expect(names).toContain(part)
    const target =
      command === null
        ? script.child.pid
        : tree.findLast((one) => one.command.includes(command))?.pid
    process.kill(target ?? 0, signal)
    await script.ended
    await until(
      'every process of it is gone',
      async () => !tree.some(({ pid }) => isAlive(pid)),
      timeLimit(60_000),
    )
  },
)

test('`npm run dev` prints one address, the one to open, and stops all its processes with npm', async () => {
  const script = await startScript(['run', '-s', 'dev'])
  const tree = await running(script, 'Stop: Ctrl-C')
  expect(script.said.text.match(/https?:\/\/\S+/g)).toEqual([
    `http://localhost:${script.env.SANDBOX_PORT}/`,
  ])
  process.kill(script.child.pid ?? 0, 'SIGTERM')
  await script.ended
  await until(
    'every process of it is gone',
    async () => !tree.some(({ pid }) => isAlive(pid)),
    timeLimit(60_000),
  )
})

test('a second start names the address of the first; a start on an occupied port names the setting to change', async () => {
  const first = await startScript(['start'])
  await running(first, 'wugan is running')
  const { PORT, SANDBOX_PORT, DATA_DIR } = first.env
  const same = await startScript(['start'], { PORT, SANDBOX_PORT, DATA_DIR })
  await same.ended
  expect(same.said.text).toMatch(
    new RegExp(
      `wugan runs already at http://localhost:${SANDBOX_PORT}/ \\(process \\d+\\) on the data in`,
    ),
  )
  const beside = await startScript(['start'], { PORT })
  await beside.ended
  expect(beside.said.text).toContain(
    `Port ${PORT} is taken: stop the program that uses it, or set PORT to another port`,
  )
})
