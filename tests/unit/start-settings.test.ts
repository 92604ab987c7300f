import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeCertificate, newKey } from '../../sandbox/pki/certificate.ts'
import { writePfx } from '../../sandbox/pki/pkcs12.ts'
import { readAddresses, serverEnvironment } from '../../commands/parts/environments.ts'
import { SettingsProblem } from '../../server/settings.ts'
import { readStartSettings, type Surroundings } from '../../server/start-settings.ts'
import { production_env } from '../support/production-env.ts'

let asked: string[] = []
/** A name server of our own: no test queries a real one. */
const surroundings = (
  names: Record<string, string[]>,
  own: string[] = ['127.0.0.1', '10.0.0.2'],
): Surroundings => ({
  resolve: async (host) => {
    asked.push(host)
    return names[host] ?? []
  },
  own_addresses: () => own,
})
const problemsOf = async (
  env: Record<string, string>,
  names: Record<string, string[]> = {},
  own?: string[],
): Promise<readonly string[]> => {
  asked = []
  try {
    await readStartSettings(env, surroundings(names, own))
    return []
  } catch (error) {
    if (!(error instanceof SettingsProblem)) throw error
    return error.problems
  }
}

describe('the start of a sandbox', () => {
  test.each([
    'UNIONPAY_OPEN_URL',
    'UNIONPAY_GATEWAY_URL',
    'UNIONPAY_FILE_URL',
    'UPSDK_URL',
    'CLOCK_URL',
    'FRAME_ANCESTORS',
  ])('resolves the name of %s', async (name) => {
    const env = { [name]: 'https://pay-sandbox.example.com/x' }
    const at = (...addresses: string[]) => problemsOf(env, { 'pay-sandbox.example.com': addresses })
    expect(await at('10.1.2.3')).toEqual([])
    expect(await at('::1', 'fd00::7')).toEqual([])
    expect((await at('10.1.2.3', '8.8.8.8')).join()).toMatch(
      new RegExp(`^${name} leads to the public address 8\\.8\\.8\\.8`),
    )
    expect((await at('2400:3200::1')).join()).toContain(name)
    expect((await at('::ffff:8.8.8.8')).join()).toContain(name)
    expect((await at()).join()).toMatch(new RegExp(`^${name} is .*does not resolve`))
  })

  test.each(['http://unionpay', 'http://unionpay.local', 'http://unionpay.internal.'])(
    'accepts %s, which looks private, when no name server knows it, and not when it is public',
    async (address) => {
      const host = new URL(address).hostname.replace(/\.$/, '')
      const env = { UNIONPAY_OPEN_URL: address }
      expect(await problemsOf(env)).toEqual([])
      expect(asked).toContain(host)
      expect((await problemsOf(env, { [host]: ['93.184.215.14'] })).join()).toMatch(
        /^UNIONPAY_OPEN_URL leads to the public address/,
      )
    },
  )

  test('resolves its own name of one label, and accepts no public name wherever it points', async () => {
    expect(await problemsOf({ PUBLIC_URL: 'http://wugan' }, { wugan: ['10.0.0.9'] })).toEqual([])
    expect(
      (await problemsOf({ PUBLIC_URL: 'http://wugan' }, { wugan: ['8.8.8.8'] })).join(),
    ).toMatch(/^PUBLIC_URL leads to the public address/)
    const split = { PUBLIC_URL: 'https://pay.example.com' }
    expect(await problemsOf(split, { 'pay.example.com': ['10.0.0.9'] })).toHaveLength(1)
  })

  test('reports everything at once: malformed values, public addresses, and names that point elsewhere', async () => {
    const problems = await problemsOf(
      {
        PORT: 'x',
        PUBLIC_URL: 'https://pay.example.com',
        UNIONPAY_OPEN_URL: 'https://up.example.com',
      },
      { 'up.example.com': ['8.8.8.8'] },
    )
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'PORT',
      'PUBLIC_URL',
      'UNIONPAY_OPEN_URL',
    ])
  })

  test.each([
    ['0.0.0.0', ['127.0.0.1', '8.8.8.8'], 1],
    ['::', ['127.0.0.1', '8.8.8.8'], 1],
    ['0.0.0.0', ['127.0.0.1', '192.168.0.4', '2400:3200::5'], 0],
    ['8.8.8.8', [], 1],
    ['192.168.0.4', [], 0],
    ['localhost', [], 0],
  ])('listening at HOST %s of a machine with %j gives %i problems', async (HOST, own, count) => {
    const problems = await problemsOf({ HOST }, { localhost: ['127.0.0.1'] }, own)
    expect(problems).toHaveLength(count)
  })

  test('on a public network with the override queries no name server', async () => {
    const env = {
      SANDBOX_ON_PUBLIC_NETWORK: 'on',
      TICKET_SECRET: 'c'.repeat(40),
      UNIONPAY_APP_SECRET: 'own',
      UNIONPAY_OPEN_URL: 'https://up.example.com',
      HOST: '0.0.0.0',
    }
    expect(await problemsOf(env, { 'up.example.com': ['8.8.8.8'] }, ['8.8.8.8'])).toEqual([])
    expect(asked).toEqual([])
  })
})

describe('the start of a production', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'wugan-start-settings-'))
    const plans = readFileSync('plans.yaml', 'utf8')
    writeFileSync(
      join(folder, 'plans.yaml'),
      plans.replaceAll('a1f0c3d2e4b5968778695a4b3c2d1e', 'b7'),
    )
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const dates = { from: new Date(Date.now() - 86_400_000), to: new Date(Date.now() + 86_400_000) }
  const root = (cn: string) => makeCertificate({ cn, issuer: null, may_issue: true, ...dates })
  const file = (name: string, content: string | Buffer): string => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  const env = (change: Record<string, string> = {}): Record<string, string> => ({
    ...production_env,
    PLANS_FILE: join(folder, 'plans.yaml'),
    ...change,
  })

  test("refuses a name of UnionPay's that points to this machine", async () => {
    expect(await problemsOf(env())).toEqual([])
    expect(
      (await problemsOf(env(), { 'open.95516.com': ['127.0.0.1'] })).map(
        (problem) => problem.split(' ')[0],
      ),
    ).toEqual(['UNIONPAY_OPEN_URL', 'UPSDK_URL'])
  })

  test.each(['CFCA TEST CS CA', 'SANDBOX TEST CS CA'])('refuses material of %s', async (cn) => {
    const bad = root(cn)
    const good = root('CFCA CS CA')
    const key = newKey()
    const leaf = makeCertificate({
      cn: '898310148160570:SIGN',
      issuer: bad,
      key,
      may_issue: false,
      ...dates,
    })
    const change = {
      ACP_MERCHANTS: `898310148160570:${file('m.pfx', writePfx(leaf, 'p', 'old'))}`,
      ACP_PFX_PASSWORD: 'p',
      ACP_ROOT_FILES: file('good.pem', good.pem),
      ACP_MIDDLE_FILES: file('bad.pem', bad.pem),
    }
    expect(
      (await problemsOf(env(change)))
        .filter((problem) => problem.includes('in production give'))
        .map((problem) => problem.split(' ')[0]),
    ).toEqual(['ACP_MIDDLE_FILES', 'ACP_MERCHANTS'])
    expect(
      (await problemsOf(env({ ...change, ACP_ROOT_FILES: file('bad2.pem', bad.pem) }))).join(),
    ).toContain('ACP_ROOT_FILES')
  })

  const nowhere = '/nowhere/file'
  const wrong = {
    PORT: 'x',
    ACP_MERCHANTS: `898310148160570:${nowhere}.pfx`,
    ACP_ROOT_FILES: `${nowhere}.pem`,
    ACP_MIDDLE_FILES: `${nowhere}.pem`,
    ACP_SECURE_KEY_FILE: `${nowhere}-key`,
    UNIONPAY_NOTICE_KEY_FILES: `${nowhere}-notice`,
    CHARGE_PROFILE: 'other',
    PLANS_FILE: `${nowhere}.yaml`,
    UNIONPAY_APPID: 'a',
  }
  test('reports errors of keys, chain, profile and plans in the one list, although a setting is malformed', async () => {
    const problems = (await problemsOf(env(wrong))).join('\n')
    for (const part of [
      /^PORT must be/m,
      /UNIONPAY_APPID is no setting/,
      /merchant 898310148160570: .*nowhere\/file\.pfx.*give the right file and password/,
      /nowhere\/file\.pem.*give the acp_\*_root\.cer/,
      /ACP_SECURE_KEY_FILE: .*nowhere/,
      /keys of notices: .*nowhere/,
      /CHARGE_PROFILE: .*"other"/,
      /PLANS_FILE .*nowhere\/file\.yaml.*mend the file/,
    ])
      expect(problems).toMatch(part)
  })

  test('of a sandbox, whose own files are created at its first start, checks every other file in the same way', async () => {
    const at = readAddresses({ DATA_DIR: join(folder, 'new') })
    const start = (change: Record<string, string>) =>
      readStartSettings(
        serverEnvironment(at, change),
        surroundings({ localhost: ['127.0.0.1'] }),
        join(at.data_dir, 'sandbox'),
      )
    await expect(start({})).resolves.toMatchObject({ unionpay_env: 'sandbox' })
    await expect(start({ ACP_ROOT_FILES: '/nowhere/root.pem' })).rejects.toThrow(/root\.pem/)
    await expect(start({ CHARGE_PROFILE: 'other' })).rejects.toThrow(/CHARGE_PROFILE/)
  })

  test("refuses a catalogue with the sandbox's example plans", async () => {
    expect((await problemsOf(env({ PLANS_FILE: 'plans.yaml' }))).join()).toContain('PLANS_FILE')
  })
})
