import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sentenceOfSystem } from '../../server/kernel/start-problem.ts'
import { cannotRun } from '../../server/storage/embedded-cluster.ts'

/** Verbatim error messages of the programs and the system, and the remedy for each. */
const said = {
  'a user without a name': [
    'initdb: error: could not look up effective user ID 54321: user does not exist',
    /run as a user that \/etc\/passwd knows/,
  ],
  'a folder of another user': [
    'initdb: error: could not access directory "/srv/data/postgres/cluster": Permission denied',
    /give it to this user \(chown\), or set DATA_DIR/,
  ],
  'a program of another user': [
    'Error: spawnSync /opt/wugan/bin/initdb EACCES',
    /give it to this user \(chown\), or set DATA_DIR/,
  ],
  'a full disk': [
    'initdb: error: could not write to file "pg_wal/000000010000000000000001": No space left on device',
    /Make room on the disk/,
  ],
  'a system with musl': [
    'Error relocating /opt/wugan/lib/libpq.so.5: __sprintf_chk: symbol not found',
    /It needs Linux with glibc, or macOS/,
  ],
  'a system without the loader': [
    'Error: spawnSync /opt/wugan/native/bin/initdb ENOENT',
    /It needs Linux with glibc, or macOS/,
  ],
  'a glibc that is too old': [
    "initdb: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by initdb)",
    /It needs Linux with glibc, or macOS/,
  ],
} as const

describe('an error of the embedded database gets the advice for its cause, and no other:', () => {
  const all = Object.values(said).map(([, advice]) => advice)
  test.each(Object.entries(said))('%s', (_cause, [words, advice]) => {
    const { name, message } = cannotRun(words)
    expect(name).toBe('StartProblem')
    expect(message).toContain(words)
    expect(message).toMatch(/set DATABASE_URL to a PostgreSQL of yours/)
    const given = all.filter((one) => one.test(message)).map(String)
    expect(new Set(given)).toEqual(new Set([String(advice)]))
  })
})

describe('an error of the operating system is explained in one sentence', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wugan-advice-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  test("with the user, the place and a remedy, for the system's own message", () => {
    const file = join(folder, 'a-file')
    writeFileSync(file, '')
    let refused: unknown
    try {
      mkdirSync(join(file, 'data'))
    } catch (error) {
      refused = error
    }
    expect(sentenceOfSystem(refused)).toBe(
      `ENOTDIR: this user (uid ${process.getuid?.()}) may not mkdir ${file}/data: a part of this path is a file; name another place.`,
    )
  })

  test.each(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT'])('%s', (code) => {
    const refused = Object.assign(new Error(), { code, syscall: 'open', path: '/srv/data/key' })
    expect(sentenceOfSystem(refused)).toMatch(
      new RegExp(`^${code}: this user \\(uid \\d+\\) may not open /srv/data/key: `),
    )
  })

  test('and errors without a path, or of another kind, get no advice', () => {
    expect(sentenceOfSystem(Object.assign(new Error(), { code: 'EACCES' }))).toBeNull()
    expect(sentenceOfSystem(new TypeError('x is not a function'))).toBeNull()
  })
})
