import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { ClientConfig } from 'pg'
import { startEmbedded } from '../../server/storage/embedded.ts'
import { ensureCluster, readPassword } from '../../server/storage/embedded-cluster.ts'
import { choosePlace } from '../../server/storage/embedded-place.ts'

export const platform = `${process.platform}-${process.arch}`

/** A PostgreSQL for a whole test run, in a folder that is deleted with it. */
export type TestServer = { connection: ClientConfig; stop(): Promise<void> }

/** The embedded one, exactly as the server starts it. */
export async function startEmbeddedServer(): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'wugan-test-'))
  const server = await startEmbedded(join(folder, 'data')).catch(explainFolder(folder))
  const stop = async (): Promise<void> => {
    await server.stop()
    await remove(folder)
  }
  return { connection: server.connection, stop }
}

/**
 * The same binaries as an external PostgreSQL: over TCP, with a password. Its address is a
 * DATABASE_URL.
 */
export async function startTcpServer(
  port: number,
): Promise<{ database_url: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'wugan-test-'))
  const place = choosePlace(join(folder, 'data'), platform)
  ensureCluster(place)
  const child = spawn(
    join(place.binaries.native, 'bin', 'postgres'),
    [
      '-D',
      join(place.home, 'cluster'),
      '-c',
      'unix_socket_directories=',
      '-c',
      'listen_addresses=127.0.0.1',
      '-p',
      String(port),
      '-c',
      'timezone=Asia/Shanghai',
    ],
    {
      ...place.run_as,
      cwd: place.home,
      stdio: 'ignore',
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
    },
  )
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = async (): Promise<void> => {
    child.kill('SIGINT')
    await ended
    await remove(folder)
  }
  await untilListening(port, child).catch(async (error: unknown) => {
    await stop()
    throw error
  })
  return {
    database_url: `postgres://postgres:${readPassword(place)}@127.0.0.1:${port}/postgres`,
    stop,
  }
}

async function untilListening(port: number, child: { exitCode: number | null }): Promise<void> {
  for (let turn = 1; turn <= 600 && child.exitCode === null; turn++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy()
        resolve(true)
      })
      socket.once('error', () => resolve(false))
    })
    if (open) return
    await wait(50)
  }
  throw new Error(`PostgreSQL does not listen on port ${port}`)
}

/** A folder of mkdtemp is closed to others, so as root the cluster is placed outside of it. */
async function remove(folder: string): Promise<void> {
  await removeCluster(join(folder, 'data'))
  await rm(folder, { recursive: true, force: true })
}

/** The files that a DATA_DIR left outside of itself. */
export async function removeCluster(data_dir: string): Promise<void> {
  const { home } = choosePlace(data_dir, platform)
  const folder = join(home, '..')
  if (folder.startsWith('/var/lib/wugan/')) await rm(folder, { recursive: true, force: true })
}

const explainFolder =
  (folder: string) =>
  async (error: unknown): Promise<never> => {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
