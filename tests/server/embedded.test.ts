import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, test } from 'vitest'
import { openDatabase, type Database } from '../../server/storage/database.ts'
import { startEmbedded } from '../../server/storage/embedded.ts'
import { copyBinaries, findBinaries } from '../../server/storage/embedded-binaries.ts'
import { readRunning } from '../../server/storage/embedded-cluster.ts'
import { choosePlace } from '../../server/storage/embedded-place.ts'
import { findAccount } from '../../server/storage/embedded-user.ts'
import { platform, removeCluster } from '../support/database-server.ts'
import { until } from '../support/until.ts'

const folders: string[] = []
const children: ChildProcess[] = []
const open: Database[] = []

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const database of open.splice(0)) await database.close()
  for (const folder of folders.splice(0)) {
    const data_dir = join(folder, 'data')
    if (existsSync(data_dir)) {
      const running = readRunning(choosePlace(data_dir, platform))
      if (running) process.kill(running.pid, 'SIGKILL')
      await removeCluster(data_dir)
    }
    await rm(folder, { recursive: true, force: true })
  }
})

/** A folder that every user may traverse, as most are. */
async function newDataDir(mode = 0o755): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wugan-embedded-'))
  folders.push(folder)
  await chmod(folder, mode)
  return join(folder, 'data')
}

async function openAt(data_dir: string, role: 'server' | 'command' = 'server'): Promise<Database> {
  const database = await openDatabase({ data_dir, database_url: null, role })
  open.push(database)
  return database
}

async function close(database: Database): Promise<void> {
  open.splice(open.indexOf(database), 1)
  await database.close()
}

const remember = (database: Database) =>
  database.pool.query(`insert into users (id, user_id, origin) values ('u1', 'U1', 'ticket')`)
const remembered = async (database: Database) =>
  (await database.pool.query('select user_id from users')).rows
const serverPid = (data_dir: string) => readRunning(choosePlace(data_dir, platform))?.pid

/** Another Node process that opens the data as a server and reports it. */
async function otherProcess(data_dir: string): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `
    const { openDatabase } = await import(${JSON.stringify(new URL('../../server/storage/database.ts', import.meta.url).href)})
    const database = await openDatabase({ data_dir: ${JSON.stringify(data_dir)}, database_url: null })
    await database.pool.query("insert into users (id, user_id, origin) values ('u1', 'U1', 'ticket')")
    console.log('ready')
    setInterval(() => {}, 1000)`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  children.push(child)
  await once(createInterface({ input: child.stdout }), 'line')
  return child
}

describe('the embedded database', () => {
  test('retains the data across a stop and a start', async () => {
    const data_dir = await newDataDir()
    const first = await openAt(data_dir)
    await remember(first)
    await close(first)
    expect(serverPid(data_dir)).toBeUndefined()
    expect(await remembered(await openAt(data_dir))).toEqual([{ user_id: 'U1' }])
  })

  test('listens on no port, and only its owner can read its password and files', async () => {
    const data_dir = await newDataDir()
    const { pool } = await openAt(data_dir)
    const { rows } =
      await pool.query(`select current_setting('listen_addresses') as addresses, current_setting('jit') as jit,
      current_setting('shared_buffers') as buffers, current_setting('password_encryption') as passwords`)
    expect(rows[0]).toEqual({
      addresses: '',
      jit: 'off',
      buffers: '256MB',
      passwords: 'scram-sha-256',
    })
    const hba = readFileSync(
      join(choosePlace(data_dir, platform).home, 'cluster', 'pg_hba.conf'),
      'utf8',
    )
    expect(
      hba
        .split('\n')
        .filter((line) => /^(local|host)/.test(line) && !line.endsWith('scram-sha-256')),
    ).toEqual([])
  })

  test('that a killed process left running is joined', async () => {
    const data_dir = await newDataDir()
    const child = await otherProcess(data_dir)
    const pid = serverPid(data_dir)
    child.kill('SIGKILL')
    await once(child, 'exit')
    const database = await openAt(data_dir)
    expect(await remembered(database)).toEqual([{ user_id: 'U1' }])
    expect(serverPid(data_dir)).toBe(pid)
  })

  test('that is killed itself is restarted under a running server, with everything committed', async () => {
    const data_dir = await newDataDir()
    const database = await openAt(data_dir)
    await remember(database)
    const pid = serverPid(data_dir)!
    process.kill(pid, 'SIGKILL')
    await until(
      'another server answers and the place is held again',
      async () =>
        ![undefined, pid].includes(serverPid(data_dir)) &&
        database.pool
          .query(`select 1 from pg_stat_activity where application_name like 'wugan server %'`)
          .then(
            ({ rowCount }) => rowCount === 1,
            () => false,
          ),
    )
    expect(await remembered(database)).toEqual([{ user_id: 'U1' }])
  })

  test('that was killed together with its process recovers at the next start', async () => {
    const data_dir = await newDataDir()
    const child = await otherProcess(data_dir)
    process.kill(serverPid(data_dir)!, 'SIGKILL')
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(await remembered(await openAt(data_dir))).toEqual([{ user_id: 'U1' }])
  })

  test('that stops while a starting server already uses it is started again', async () => {
    const data_dir = await newDataDir()
    const child = await otherProcess(data_dir)
    child.kill('SIGKILL')
    await once(child, 'exit')
    const dying = serverPid(data_dir)!
    const { socket_dir } = choosePlace(data_dir, platform)
    const listens = '00010000'
    const visitors = () =>
      readFileSync('/proc/net/unix', 'utf8')
        .split('\n')
        .filter((line) => line.includes(socket_dir) && line.split(/\s+/)[3] !== listens).length
    await until('no earlier process waits for it', () => visitors() === 0)
    process.kill(dying, 'SIGSTOP') // it looks alive and does not answer
    const opening = openAt(data_dir)
    await until('the start waits for it', () => visitors() > 0)
    process.kill(dying, 'SIGKILL')
    expect(await remembered(await opening)).toEqual([{ user_id: 'U1' }])
    expect(serverPid(data_dir)).not.toBe(dying)
  })

  test('is not shared with a second server on the same data, which is refused with the name of the first', async () => {
    const data_dir = await newDataDir()
    const first = await openAt(data_dir)
    await expect(openAt(data_dir)).rejects.toMatchObject({
      name: 'StartProblem',
      message: expect.stringContaining(`process ${process.pid}`),
    })
    expect(await remembered(first)).toEqual([])
  })

  test('is initialized by one of two simultaneous first starts; the other is refused', async () => {
    const data_dir = await newDataDir()
    const results = await Promise.allSettled([openAt(data_dir), openAt(data_dir)])
    expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const refused = results.find((result) => result.status === 'rejected')
    expect(refused?.reason).toMatchObject({ name: 'StartProblem' })
  })

  test('is available to a command beside the server, and is not stopped by it', async () => {
    const data_dir = await newDataDir()
    const server = await openAt(data_dir)
    const command = await openAt(data_dir, 'command')
    await remember(command)
    await close(command)
    expect(await remembered(server)).toEqual([{ user_id: 'U1' }])
  })

  test('is stopped by a command that started it', async () => {
    const data_dir = await newDataDir()
    await close(await openAt(data_dir))
    await close(await openAt(data_dir, 'command'))
    expect(serverPid(data_dir)).toBeUndefined()
  })
})

test('is not created by a command, which names the folder it searched and leaves it unchanged', async () => {
  const data_dir = await newDataDir()
  await expect(openAt(data_dir, 'command')).rejects.toMatchObject({
    name: 'StartProblem',
    message: expect.stringMatching(
      new RegExp(`no database in ${data_dir}, and only a start makes one. Set DATA_DIR`),
    ) as string,
  })
  expect(existsSync(data_dir)).toBe(false)
})

describe('the location of the data', () => {
  test('in a folder that others cannot enter keeps its data across a restart', async () => {
    const data_dir = await newDataDir(0o700)
    const first = await openAt(data_dir)
    await remember(first)
    await close(first)
    expect(await remembered(await openAt(data_dir))).toEqual([{ user_id: 'U1' }])
    expect(existsSync(join(data_dir, 'postgres-is-elsewhere'))).toBe(process.getuid?.() === 0)
  })

  test('stays empty after the data was removed, wherever the database was', async () => {
    const data_dir = await newDataDir(0o700)
    const first = await openAt(data_dir)
    await remember(first)
    await close(first)
    await removeCluster(data_dir)
    await rm(data_dir, { recursive: true })
    expect(await remembered(await openAt(data_dir))).toEqual([])
  })

  test('may have a path too long for a socket, which is then placed elsewhere', async () => {
    const folder = await newDataDir()
    await mkdir(folder)
    const data_dir = join(folder, 'a-folder-with-a-long-name'.repeat(4))
    const place = choosePlace(data_dir, platform)
    expect(`${place.socket_dir}/.s.PGSQL.5432`.length).toBeLessThan(107)
    const database = await openDatabase({ data_dir, database_url: null })
    expect(await remembered(database)).toEqual([])
    await database.close()
    await rm(place.run_as ? dirname(place.socket_dir) : place.socket_dir, { recursive: true })
  })
})

describe.runIf(process.getuid?.() === 0)('started as root', () => {
  const daemon = findAccount('daemon')!
  const ownerOf = (data_dir: string): number =>
    statSync(join(choosePlace(data_dir, platform).home, 'cluster', 'PG_VERSION')).uid

  test('runs as the account of its own, and takes over files without an owner, with their data', async () => {
    const data_dir = await newDataDir()
    const as_nobody = await startEmbedded(data_dir, platform, 'no-such-account')
    expect([as_nobody.as_nobody, ownerOf(data_dir)]).toEqual([true, 65_534])
    await as_nobody.stop()
    const own = await startEmbedded(data_dir, platform, 'daemon')
    expect([own.as_nobody, ownerOf(data_dir)]).toEqual([false, daemon.uid])
    expect(statSync(`/proc/${serverPid(data_dir)}`).uid).toBe(daemon.uid)
    await own.stop()
  })

  test('with a user number without a name asks for a user with a name', async () => {
    const data_dir = await newDataDir()
    await mkdir(data_dir)
    await chown(data_dir, 54_321, 54_321)
    const run = spawnSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `process.setgid(54321); process.setuid(54321)
         const { ensureCluster } = await import(${JSON.stringify(new URL('../../server/storage/embedded-cluster.ts', import.meta.url).href)})
         ensureCluster({ home: ${JSON.stringify(join(data_dir, 'postgres'))}, run_as: null, binaries: { native: ${JSON.stringify(copyBinaries(findBinaries(platform), dirname(data_dir)).native)} } })`,
      ],
      { encoding: 'utf8' },
    )
    expect(run.stderr).toMatch(/The user with the number 54321 has no name on this machine/)
    expect(existsSync(join(data_dir, 'postgres'))).toBe(false)
  })

  test('with root under its own or another name is refused as the account', () => {
    expect([findAccount('root'), findAccount('no-such-account')]).toEqual([null, null])
  })
})

describe('its binaries', () => {
  test('are copied completely, once, and run for a user who cannot read the original', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'wugan-embedded-'))
    folders.push(folder)
    await chmod(folder, 0o711)
    const copy = copyBinaries(findBinaries(platform), folder)
    expect(copyBinaries(findBinaries(platform), folder)).toEqual(copy)
    const as = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
    const ran = spawnSync(join(copy.native, 'bin', 'postgres'), ['--version'], {
      ...as,
      cwd: '/',
      encoding: 'utf8',
    })
    expect(ran.stdout).toMatch(/^postgres \(PostgreSQL\) 18\./)
  })
})

describe('when it cannot start', () => {
  test('a platform without binaries requires DATABASE_URL', async () => {
    await expect(startEmbedded(await newDataDir(), 'aix-ppc64')).rejects.toMatchObject({
      name: 'StartProblem',
      message: expect.stringMatching(
        /No embedded PostgreSQL is installed for aix-ppc64\. Set DATABASE_URL/,
      ) as string,
    })
  })

  test('a DATABASE_URL that does not answer is reported in a sentence, not a stack', async () => {
    const opening = openDatabase({
      data_dir: '/nonexistent',
      database_url: 'postgres://a:secret@127.0.0.1:4749/x',
    })
    await expect(opening).rejects.toMatchObject({
      name: 'StartProblem',
      message: expect.stringMatching(/DATABASE_URL does not let us in: .*ECONNREFUSED/) as string,
    })
    await expect(opening).rejects.not.toThrow(/secret/)
  })
})
