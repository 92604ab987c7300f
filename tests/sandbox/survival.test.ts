import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createCaller } from '../support/open-platform-caller.ts'
import { spawnSandbox, startSandboxProcess } from '../support/sandbox-process.ts'

let folder: string
let env: Record<string, string>
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wugan-sandbox-'))
  env = {
    SANDBOX_PORT: '0',
    SANDBOX_DATA_DIR: folder,
    SANDBOX_NOTICE_URL: 'http://localhost:1/nobody',
  }
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('after kill -9 the contract, the token, the settings, the rules, the journal, the key and the clock are retained', async () => {
  const before = await startSandboxProcess(env)
  const merchant = createCaller(before.url, before.control)
  const [user] = await before.control.users()
  const backendToken = await merchant.refresh()
  const { contract_id } = await merchant.sign(user?.user_id ?? '')
  const code = await before.control.code(user?.user_id ?? '', 'upapi_base')
  await before.control.change({ notice_timing: 'late' })
  await before.control.terminate(contract_id)
  await before.control.addRule({
    id: 'kept',
    interface: 'contract.info',
    effect: { kind: 'resp', resp: 'SG99' },
    times: 3,
  })
  await before.control.advance(86_400_000 / 24)
  const key = await before.control.noticeKey()
  const journal = await before.control.journal()
  await before.kill('SIGKILL')

  const after = await startSandboxProcess(env)
  try {
    expect((await after.control.contracts())[0]).toMatchObject({
      contract_id,
      status: 'terminated',
    })
    expect((await after.control.clock()).offset_ms).toBe(3_600_000)
    expect(await after.control.noticeKey()).toBe(key)
    expect(await readFile(join(folder, 'notice-public.pem'), 'utf8')).toBe(key)
    expect((await after.control.rules())[0]).toMatchObject({ id: 'kept', times_left: 3 })
    expect((await after.control.state()).settings.notice_timing).toBe('late')
    expect((await after.control.notices())[0]).toMatchObject({ contract_id, state: 'waiting' })
    expect((await after.control.journal()).slice(0, journal.length)).toEqual(journal)
    const again = createCaller(after.url, after.control)
    const exchanged = await again.call('token', {
      appId: again.appId,
      backendToken,
      code,
      grantType: 'authorization_code',
    })
    expect(exchanged.resp).toBe('a31') // the token is still valid, the code's five minutes are over
  } finally {
    await after.kill('SIGKILL')
  }
})

test('a reset deletes the state, retains the key, and resets the clock only on request', async () => {
  const sandbox = await startSandboxProcess(env)
  try {
    const merchant = createCaller(sandbox.url, sandbox.control)
    const [user] = await sandbox.control.users()
    await merchant.refresh()
    await merchant.sign(user?.user_id ?? '')
    await sandbox.control.change({ personality: 'ios' })
    await sandbox.control.advance(1_000_000)
    const key = await sandbox.control.noticeKey()
    await sandbox.control.reset()
    expect(await sandbox.control.contracts()).toEqual([])
    expect((await sandbox.control.state()).settings.personality).toBe('android')
    expect((await sandbox.control.users()).map((one) => one.name)).toEqual([
      '王小青',
      '李明',
      '陈静',
    ])
    expect((await sandbox.control.clock()).offset_ms).toBe(1_000_000)
    await sandbox.control.reset({ clock: true })
    expect((await sandbox.control.clock()).offset_ms).toBe(0)
    expect(await sandbox.control.noticeKey()).toBe(key)
  } finally {
    await sandbox.kill('SIGKILL')
  }
})

test('SIGTERM stops it with exit code 0, even while a journal stream is open', async () => {
  const sandbox = await startSandboxProcess(env)
  const stream = await fetch(`${sandbox.url}/_control/journal/stream`)
  expect(stream.headers.get('content-type')).toContain('text/event-stream')
  const closed = stream.text().catch(() => 'cut')
  expect(await sandbox.kill('SIGTERM')).toBe(0)
  await closed
})

test('a port in use, a folder in use and malformed settings stop it with exit code 1 and a sentence', async () => {
  const first = await startSandboxProcess(env)
  const complaintOf = async (more: Record<string, string>) => {
    const child = spawnSandbox({ ...env, ...more })
    let complaint = ''
    child.stderr?.on('data', (chunk: Buffer) => void (complaint += chunk.toString('utf8')))
    const [code] = (await once(child, 'close')) as [number]
    return { code, complaint }
  }
  const port = new URL(first.url).port
  const taken = await complaintOf({ SANDBOX_PORT: port, SANDBOX_DATA_DIR: join(folder, 'other') })
  expect(taken).toMatchObject({
    code: 1,
    complaint: expect.stringContaining(`port ${port} is in use`),
  })
  const shared = await complaintOf({})
  expect(shared).toMatchObject({
    code: 1,
    complaint: expect.stringContaining(`another sandbox runs on ${folder}`),
  })
  const malformed = await complaintOf({ SANDBOX_PORT: 'many', SANDBOX_H5_URL: 'nowhere' })
  expect(malformed.code).toBe(1)
  expect(malformed.complaint).toMatch(/SANDBOX_PORT[^]*SANDBOX_H5_URL/)
  await first.kill('SIGKILL')
})
