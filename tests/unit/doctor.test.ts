import { execFile } from 'node:child_process'
import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { explainNotice } from '../../server/unionpay/explain-notice.ts'

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
let folder: string
let key: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wugan-doctor-'))
  key = join(folder, 'key.pem')
  await writeFile(key, publicKey.export({ type: 'spki', format: 'pem' }))
})
afterAll(async () => rm(folder, { recursive: true, force: true }))

const fields = {
  appId: 'a1',
  contractId: '6218412345678901234',
  nonceStr: 'abcdefghijklmnop',
  openId: 'a+b/c==',
  operateTime: '2026-11-22 10:00:00',
  timestamp: '1700000000',
}

function captured(change: Partial<typeof fields> = {}): string {
  const text = Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
  const signature = sign('sha256', Buffer.from(text), privateKey).toString('base64')
  return new URLSearchParams({ ...fields, ...change, signature }).toString()
}

async function doctor(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['commands/doctor.ts', ...words], (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
  })
}

async function verify(text: string, ...more: string[]) {
  const file = join(folder, 'captured.txt')
  await writeFile(file, text)
  return doctor('verify', file, '--key', key, ...more)
}

describe('doctor verify', () => {
  test('says VALID with exit 0 for a captured form body, a query and a whole address', async () => {
    for (const text of [
      captured(),
      `?${captured()}`,
      `https://pay.example.com/notify/termination?${captured()}\n`,
    ]) {
      expect(await verify(text)).toMatchObject({ code: 0, out: expect.stringMatching(/^VALID/) })
    }
  })
  test('says NOT VALID with exit 1 and why, and shows no whole number', async () => {
    const found = await verify(captured({ openId: 'a b/c==' }))
    expect(found).toMatchObject({
      code: 1,
      out: expect.stringMatching(/NOT VALID: signature_wrong/),
    })
    expect(found.out).toContain('blanks in `openId`')
  })
  test('finds the order, the empty parameters, and the wrong key', async () => {
    const signed = (text: string, query: Record<string, string>, with_key = privateKey) =>
      new URLSearchParams({
        ...query,
        signature: sign('sha256', Buffer.from(text), with_key).toString('base64'),
      }).toString()
    const text = Object.entries(fields)
      .map(([name, value]) => `${name}=${value}`)
      .join('&')
    const keys = [publicKey]
    expect(
      explainNotice(
        signed(
          Object.entries(fields)
            .toReversed()
            .map(([name, value]) => `${name}=${value}`)
            .join('&'),
          Object.fromEntries(Object.entries(fields).toReversed()),
        ),
        keys,
      ).causes.join(),
    ).toMatch(/order the parameters came/)
    expect(
      explainNotice(signed(text, { ...fields, channel: '', shop: '' }), keys).causes.join(),
    ).toMatch(/without the empty parameters/)
    expect(
      explainNotice(
        signed(text, fields, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey),
        keys,
      ).causes.join(),
    ).toMatch(/another key signed it/)
  })
  test('--json gives every field with its remark', async () => {
    const { code, out } = await verify(captured({ operateTime: 'yesterday' }), '--json')
    expect(code).toBe(1)
    const found = JSON.parse(out) as {
      valid: boolean
      fields: { name: string; remark: string | null }[]
    }
    expect(found.valid).toBe(false)
    expect(found.fields.find(({ name }) => name === 'operateTime')?.remark).toMatch(/not a time/)
  })
  test('a missing file and invalid arguments exit 2 with a sentence', async () => {
    expect(await doctor('verify', join(folder, 'nothing'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('nothing'),
    })
    expect(await doctor('dance')).toMatchObject({ code: 2, err: expect.stringContaining('Usage') })
    expect(await doctor('verify', key, '--loud')).toMatchObject({ code: 2 })
  })
})

test('doctor plans checks the catalogue', async () => {
  expect(await doctor('plans')).toMatchObject({
    code: 0,
    out: expect.stringContaining('nothing wrong'),
  })
  const file = join(folder, 'plans.yaml')
  await writeFile(file, 'plans:\n  - plan_id: x y\n')
  expect(await doctor('plans', file)).toMatchObject({
    code: 1,
    out: expect.stringContaining('line 2: plan_id'),
  })
})
