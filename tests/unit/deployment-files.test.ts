import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { server_flags } from '../../commands/parts/server-flags.ts'
import { setting_names } from '../../server/settings.ts'

const dockerfile = readFileSync('Dockerfile', 'utf8')
const unit = readFileSync('ops/wugan.service', 'utf8')
type Service = {
  build?: string | { target: string }
  image?: string
  profiles?: string[]
  env_file?: string
  environment: Record<string, string>
  volumes: string[]
}
const compose = parse(readFileSync('compose.yaml', 'utf8')) as {
  services: Record<string, Service>
  volumes: Record<string, unknown>
  configs: Record<string, { content: string }>
}

test('container and unit start the server as `npm start` does', () => {
  const command = ['node', ...server_flags, 'server/main.ts']
  expect(JSON.parse(/^CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? '')).toEqual(command)
  expect(/^ExecStart=\/usr\/bin\/(.*)$/m.exec(unit)?.[1]).toBe(command.join(' '))
})

test('the image installs from the package.json of every workspace, and carries no sandbox, example, test, second Node or embedded PostgreSQL', () => {
  const { workspaces } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    workspaces: string[]
  }
  const before_install = dockerfile.slice(0, dockerfile.indexOf('RUN npm ci'))
  for (const folder of workspaces) expect(before_install).toContain(`COPY ${folder}/package.json `)
  expect(dockerfile).toMatch(
    /rm -rf sandbox examples tests dist\/sandbox && npm prune --omit=dev --omit=optional$/m,
  )
})

test('the container asks its server directly, whatever proxy the environment names', async () => {
  const health = JSON.parse(/HEALTHCHECK[^]*?CMD (\[.*\])/.exec(dockerfile)?.[1] ?? '') as string[]
  const states = [200, 503]
  const server = createServer((_request, answer) => answer.writeHead(states.shift() ?? 500).end())
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const ask = (PORT: number): Promise<number | null> =>
    new Promise((resolve) => {
      spawn(process.execPath, health.slice(1), {
        env: { PORT: String(PORT), NODE_USE_ENV_PROXY: '1', HTTP_PROXY: 'http://127.0.0.1:1' },
      }).once('exit', resolve)
    })
  expect([await ask(port), await ask(port), await ask(1)]).toEqual([0, 1, 1])
})

test('container and unit set only existing settings', () => {
  const set = [
    ...(/^ENV (.*)$/m.exec(dockerfile)?.[1] ?? '').split(' '),
    ...(/^Environment=(.*)$/m.exec(unit)?.[1] ?? '').split(' '),
    ...Object.keys(compose.services.server?.environment ?? {}),
    ...Object.keys(compose.services.backup?.environment ?? {}),
  ].map((part) => part.split('=')[0] ?? '')
  expect(set.length).toBeGreaterThan(8)
  expect(
    set.filter((name) => name !== 'NODE_ENV' && !(setting_names as string[]).includes(name)),
  ).toEqual([])
})

test('compose mounts existing files, and its Prometheus scrapes the configured port', () => {
  const mounts = Object.values(compose.services).flatMap(({ volumes }) =>
    volumes.map((volume) => volume.split(':')[0] ?? ''),
  )
  expect(
    mounts.filter(
      (from) =>
        !(from.startsWith('./') ? from === './keys' || existsSync(from) : from in compose.volumes),
    ),
  ).toEqual([])
  expect(compose.configs.prometheus?.content).toContain(
    `server:${compose.services.server?.environment.METRICS_PORT}`,
  )
  const scraped = parse(compose.configs.prometheus?.content ?? '') as {
    scrape_configs: { job_name: string }[]
  }
  expect(scraped.scrape_configs[0]?.job_name).toBe('wugan')
})

test('backup and restore in compose have the client programs of the running database, its address, and the server’s folder', () => {
  const { backup, database, server } = compose.services
  expect(backup?.build).toMatchObject({ target: 'backup' })
  const stage = /^FROM (\S+) AS backup\n([\s\S]*?)(?=^FROM )/m.exec(dockerfile)
  expect(stage?.[1]).toBe(database?.image)
  expect(backup?.profiles, 'only when it is called').toEqual(['backup'])
  expect(backup?.environment.DATABASE_URL).toBe(server?.environment.DATABASE_URL)
  expect(backup?.env_file).toBe(server?.env_file)
  expect(backup?.volumes).toContain(`data:${backup?.environment.DATA_DIR}`)
  const entry = JSON.parse(/^ENTRYPOINT (\[.*\])$/m.exec(stage?.[2] ?? '')?.[1] ?? '[]') as string[]
  const asked = [
    ...readFileSync('docs/backup.md', 'utf8').matchAll(/ backup ([a-z-]+) \/safe/g),
  ].map(([, command]) => command)
  expect(asked).toEqual(['backup', 'restore'])
  expect(entry).toEqual(['node', 'commands/wugan.js'])
})

test('no secret goes into the image', () => {
  const left_out = readFileSync('.dockerignore', 'utf8').split('\n')
  for (const name of [
    '.env',
    'data',
    'keys',
    '**/*.pfx',
    '**/*.p12',
    '**/*.pem',
    '*.backup',
    '.git',
  ])
    expect(left_out).toContain(name)
  const mounted_here = Object.values(compose.services)
    .flatMap(({ volumes }) => volumes)
    .filter((volume) => volume.startsWith('./keys'))
    .map((volume) => volume.split(':')[0]?.slice(2) ?? '')
  expect([...new Set(mounted_here)].filter((folder) => !left_out.includes(folder))).toEqual([])
})
