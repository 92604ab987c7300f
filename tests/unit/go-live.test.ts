import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Check } from '../../server/offline-checks/check.ts'
import { judgeSkew } from '../../commands/parts/go-live/clock-checks.ts'
import { checkGoLive } from '../../commands/parts/go-live/run.ts'
import { makeCertificate, newKey, type Issuer } from '../../sandbox/pki/certificate.ts'
import { writePfx } from '../../sandbox/pki/pkcs12.ts'
import { builtInProfiles } from '../../server/unionpay/gateway/profile/built-in.ts'
import { production_env } from '../support/production-env.ts'

const years = (count: number): Date => new Date(Date.now() + count * 365 * 86_400_000)
const keys = { root: newKey(), leaf: newKey() }
const certificate = (
  cn: string,
  issuer: Issuer | null,
  change: { may_issue?: boolean; from?: Date; to?: Date } = {},
) =>
  makeCertificate({
    cn,
    issuer,
    key: issuer ? keys.leaf : keys.root,
    may_issue: true,
    from: years(-1),
    to: years(4),
    ...change,
  })
const root = certificate('CFCA CS CA', null)
const middle = certificate('CFCA OCA1', root)
const merchant = (change: { from?: Date; to?: Date } = {}, issuer: Issuer = middle) =>
  certificate('898310148160570:SIGN', issuer, { may_issue: false, ...change })

let folder: string
const file = (name: string, content: string | Buffer): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const plans = (change: (text: string) => string = (text) => text): string =>
  change(
    readFileSync('plans.yaml', 'utf8')
      .replaceAll('a1f0c3d2e4b5968778695a4b3c2d1e', 'b7')
      .replaceAll('https://pay.example.com', 'https://pay.invalid')
      .replaceAll(/89831014816056\d/g, '898310148160570'),
  )

/** Correct settings with addresses that no name server knows: no test may call UnionPay. */
let env: Record<string, string>
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wugan-go-live-'))
  file('index.html', '')
  env = {
    ...production_env,
    PUBLIC_URL: 'https://pay.invalid',
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
    UNIONPAY_OPEN_URL: 'https://open.invalid',
    UNIONPAY_GATEWAY_URL: 'https://gateway.invalid',
    WEB_DIR: folder,
    TRUSTED_PROXIES: '1',
    ACP_MERCHANTS: `898310148160570:${file('merchant.pfx', writePfx(merchant(), '000000', 'old'))}`,
    ACP_PFX_PASSWORD: '000000',
    MERCHANT_FEES: '898310148160570:38',
    ACP_ROOT_FILES: file('root.pem', root.pem),
    ACP_MIDDLE_FILES: file('middle.pem', middle.pem),
    DEBIT_NOTICE_RULE: 'refuse',
    CHARGE_PROFILE: 'ours',
    CHARGE_PROFILES_FILE: file(
      'profiles.json',
      JSON.stringify({ ...builtInProfiles[0], name: 'ours', confirmedByUnionPay: true }),
    ),
    ACP_TR_ID: '62000000009',
    PLANS_FILE: file('plans.yaml', plans()),
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const check = (change: Record<string, string> = {}): Promise<Check[]> =>
  checkGoLive({ ...env, ...change })
const reported = (checks: Check[]): string[] =>
  checks
    .filter(({ state }) => state !== 'ok')
    .map(({ state, area, what }) => `${state} ${area} ${what}`)
const unreached = /not reached from here|fail storage DATABASE_URL/

describe('doctor go-live', () => {
  test('reports only unreachable addresses for correct settings', async () => {
    const checks = await check()
    expect(reported(checks).filter((line) => !unreached.test(line))).toEqual([])
    expect(checks.filter(({ area, state }) => area === 'clock' && state === 'fail')).toHaveLength(2)
    for (const one of checks) expect(one.todo === null).toBe(one.state === 'ok')
  })

  const pfx = (name: string, made: ReturnType<typeof merchant>, password = '000000'): string =>
    `898310148160570:${file(name, writePfx(made, password, 'new'))}`
  const shelf: [string, () => Record<string, string>, RegExp][] = [
    ['a missing setting', () => ({ DATA_KEY: '' }), /fail settings DATA_KEY is missing/],
    [
      'a start that is refused',
      () => ({ PLANS_FILE: 'plans.yaml' }),
      /fail settings PLANS_FILE holds the sandbox's example plans/,
    ],
    [
      'the sandbox',
      () => ({ UNIONPAY_ENV: 'sandbox', PUBLIC_URL: 'http://localhost' }),
      /fail settings UNIONPAY_ENV is sandbox/,
    ],
    [
      'the test environment',
      () => ({ UNIONPAY_ENV: 'test', UNIONPAY_NOTICE_KEY_FILES: 'none.pem' }),
      /warn settings UNIONPAY_ENV is test/,
    ],
    [
      'a notice key that is not there',
      () => ({ UNIONPAY_NOTICE_KEY_FILES: join(folder, 'none.pem') }),
      /fail keys keys of notices: .*none\.pem/,
    ],
    [
      'an address without https',
      () => ({
        UNIONPAY_ENV: 'test',
        UPSDK_URL: 'http://open.invalid/upsdk.js',
        UNIONPAY_NOTICE_KEY_FILES: 'none.pem',
      }),
      /warn addresses not https: UPSDK_URL/,
    ],
    [
      'pages that were not built',
      () => ({ WEB_DIR: join(folder, 'nowhere') }),
      /fail settings .* holds no built pages/,
    ],
    [
      'a key that has ended',
      () => ({ ACP_MERCHANTS: pfx('ended.pfx', merchant({ from: years(-3), to: years(-1) })) }),
      /fail keys merchant 898310148160570: .*ended/,
    ],
    [
      'a key that ends soon',
      () => ({ ACP_MERCHANTS: pfx('soon.pfx', merchant({ to: years(0.1) })) }),
      /warn keys merchant 898310148160570: .*3[56] days left/,
    ],
    [
      'a key that is not valid yet',
      () => ({ ACP_MERCHANTS: pfx('early.pfx', merchant({ from: years(1) })) }),
      /fail keys .*not valid yet/,
    ],
    [
      'a test key in production',
      () => ({ ACP_MERCHANTS: pfx('test.pfx', merchant({}, certificate('CFCA TEST OCA1', root))) }),
      /fail keys .*test material.*not for production/,
    ],
    [
      'a key of nobody we know',
      () => ({
        ACP_MERCHANTS: pfx(
          'own.pfx',
          merchant({}, certificate('My CA', certificate('Mine', null))),
        ),
      }),
      /warn keys .*unknown material.*issued by .*My CA/,
    ],
    [
      'a wrong password',
      () => ({ ACP_PFX_PASSWORD: '1' }),
      /fail keys merchant .*does not open with this password/,
    ],
    [
      'test certificates in production',
      () => {
        const test_root = certificate('CFCA TEST CS CA', null)
        return {
          ACP_ROOT_FILES: file('tr.pem', test_root.pem),
          ACP_MIDDLE_FILES: file('tm.pem', certificate('CFCA TEST OCA1', test_root).pem),
        }
      },
      /fail chain middle CFCA TEST OCA1: .*not for production/,
    ],
    [
      'a middle certificate that has ended',
      () => ({
        ACP_MIDDLE_FILES: file(
          'em.pem',
          certificate('CFCA OCA1', root, { from: years(-3), to: years(-1) }).pem,
        ),
      }),
      /fail chain middle CFCA OCA1: .*ended/,
    ],
    [
      'a middle certificate of another root',
      () => ({
        ACP_MIDDLE_FILES: file(
          'fm.pem',
          certificate('CFCA OCA1', certificate('CFCA ACS CA', null)).pem,
        ),
      }),
      /fail chain middle CFCA OCA1 leads to no configured root/,
    ],
    [
      'no middle certificate below the root',
      () => ({ ACP_MIDDLE_FILES: file('rm.pem', root.pem) }),
      /fail chain CFCA CS CA is in ACP_MIDDLE_FILES and is a root/,
    ],
    [
      'a signing certificate where the middle belongs',
      () => ({ ACP_MIDDLE_FILES: file('leaf.pem', merchant().pem) }),
      /fail chain .*may not issue/,
    ],
    [
      'a middle certificate where the root belongs',
      () => ({ ACP_ROOT_FILES: env.ACP_MIDDLE_FILES ?? '' }),
      /fail chain CFCA OCA1 is in ACP_ROOT_FILES and is no root/,
    ],
    [
      'a file that is no certificate',
      () => ({ ACP_ROOT_FILES: env.PLANS_FILE ?? '' }),
      /fail chain .*is no certificate/,
    ],
    [
      'the old test owner believed',
      () => ({ ACP_OWNER_RULE: 'test' }),
      /fail settings ACP_OWNER_RULE is test/,
    ],
    [
      'a profile that nobody confirmed',
      () => ({ CHARGE_PROFILE: 'token-pay-data-trid' }),
      /fail profile .*not confirmed/,
    ],
    ['a profile that is not there', () => ({ CHARGE_PROFILE: 'other' }), /fail profile .*"other"/],
    [
      'the example plans',
      () => ({ PLANS_FILE: 'plans.yaml' }),
      /fail plans 6 example plan\(s\).*\n.*解约结果通知地址 of .* is https:\/\/pay\.example\.com.*\n.*no key for its merchant number 898310148160568/,
    ],
    [
      'a renewal without notice',
      () => ({
        PLANS_FILE: file(
          'p.yaml',
          plans((text) => text.replace(/notice_days.*/, '')),
        ),
      }),
      /fail plans renews, and has no notice_days: 月度会员自动续期/,
    ],
    [
      'renewals debited unannounced',
      () => ({ DEBIT_NOTICE_RULE: 'record' }),
      /warn plans DEBIT_NOTICE_RULE=record/,
    ],
    [
      'a catalogue with a mistake',
      () => ({ PLANS_FILE: file('q.yaml', 'plans: 1') }),
      /fail plans .*q\.yaml: line 1/,
    ],
    [
      'a database that is not there',
      () => ({ DATABASE_URL: 'postgres://nobody:hidden@127.0.0.1:1/none' }),
      /fail storage DATABASE_URL: .*ECONNREFUSED/,
    ],
    ['nothing to charge with', () => ({ ACP_MERCHANTS: '' }), /warn keys ACP_MERCHANTS is empty/],
  ]
  test.for(shelf)('reports %s', async ([, change, expected]) => {
    expect(reported(await check(change())).join('\n')).toMatch(expected)
  })
  test('shows no secret', async () => {
    const text = JSON.stringify(
      await check({ DATABASE_URL: 'postgres://nobody:hidden@localhost:1/none' }),
    )
    for (const secret of ['hidden', env.DATA_KEY ?? '', env.TICKET_SECRET ?? '', '000000"'])
      expect(text).not.toContain(secret)
  })
})

describe('the clock', () => {
  test.each([
    [0, 'ok'],
    [-30, 'ok'],
    [31, 'warn'],
    [-300, 'warn'],
    [301, 'fail'],
  ] as const)('%i s away is %s', (seconds, state) => {
    expect(judgeSkew('https://open.invalid', seconds).state).toBe(state)
  })
  test("is compared with the Date header of UnionPay's addresses", async () => {
    const server = createServer((_request, answer) =>
      answer.writeHead(404, { date: new Date(Date.now() - 400_000).toUTCString() }).end(),
    )
    await new Promise<void>((resolve) => void server.listen(0, 'localhost', resolve))
    onTestFinished(() => void server.close())
    const url = `http://localhost:${(server.address() as AddressInfo).port}`
    const checks = await check({
      UNIONPAY_ENV: 'sandbox',
      PUBLIC_URL: 'http://localhost',
      UNIONPAY_OPEN_URL: url,
      UNIONPAY_GATEWAY_URL: url,
      CLOCK_URL: `${url}/clock`,
    })
    expect(reported(checks).filter((line) => line.includes('clock'))).toEqual([
      expect.stringMatching(/fail clock this machine is (399|400|401) s ahead of/),
      expect.stringContaining("sandbox's clock is not reached"),
    ])
  })
})

test('as a command prints a list with remedies and exits 1; with --json for a program', async () => {
  const run = (...words: string[]) =>
    new Promise<{ code: number; out: string }>((resolve) => {
      execFile(
        process.execPath,
        ['commands/doctor.ts', ...words],
        { env: { PATH: process.env.PATH ?? '', ...env } },
        (error, out) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, out }),
      )
    })
  const [list, json] = await Promise.all([run('go-live'), run('--go-live', '--json')])
  expect(list).toMatchObject({
    code: 1,
    out: expect.stringMatching(
      /^\[ok\] {3}settings {2}complete[^]*\[FAIL\] clock[^]*→ let this machine out[^]*3 failed/,
    ),
  })
  expect(json.code).toBe(1)
  expect(JSON.parse(json.out)).toMatchObject({
    ready: false,
    fail: 3,
    checks: expect.arrayContaining([
      {
        area: 'keys',
        state: 'ok',
        todo: null,
        what: expect.stringContaining('production material'),
      },
    ]),
  })
})
