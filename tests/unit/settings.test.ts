import { describe, expect, test } from 'vitest'
import { readSettings, SettingsProblem } from '../../server/settings.ts'
import { production_env } from '../support/production-env.ts'

const problemsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readSettings(env)
    return []
  } catch (error) {
    if (!(error instanceof SettingsProblem)) throw error
    return error.problems
  }
}

const of_test = { ...production_env, UNIONPAY_ENV: 'test', UNIONPAY_NOTICE_KEY_FILES: 'notice.pem' }

describe('settings', () => {
  test('without any value start the sandbox', () => {
    expect(readSettings({})).toMatchObject({
      unionpay_env: 'sandbox',
      port: 4600,
      data_key: null,
      unionpay_open_url: 'http://localhost:4601',
    })
  })
  test("derive the sandbox's addresses from the two ports", () => {
    expect(readSettings({ PORT: '4700', SANDBOX_PORT: '4701' })).toMatchObject({
      public_url: 'http://localhost:4700',
      unionpay_open_url: 'http://localhost:4701',
    })
  })
  test('report every error at once, each by name', () => {
    const problems = problemsOf({ UNIONPAY_ENV: 'production', PORT: 'x', SIGNING_WINDOW: 'tab' })
    for (const name of [
      'PUBLIC_URL',
      'DATABASE_URL',
      'DATA_KEY',
      'TICKET_SECRET',
      'UNIONPAY_APP_ID',
      'UNIONPAY_APP_SECRET',
      'PORT',
      'SIGNING_WINDOW',
    ])
      expect(problems.join('\n')).toContain(name)
  })
  test('never repeat a secret in a problem', () => {
    expect(
      problemsOf({
        ...production_env,
        DATA_KEY: 'my-very-secret-short-key',
        TICKET_SECRET: 'short-secret',
      }).join(),
    ).not.toMatch(/my-very|short-secret/)
  })
  test('for a complete production are accepted and point at UnionPay', () => {
    expect(readSettings(production_env)).toMatchObject({
      unionpay_open_url: 'https://open.95516.com',
      upsdk_url: 'https://open.95516.com/s/open/js/upsdk.js',
      clock_url: null,
      bridge_sources: ['gap:', 'wvjbscheme:', 'https:'],
    })
    expect(problemsOf(of_test)).toEqual([])
  })
  test.each([
    ['BRIDGE_SOURCES', 'gap: https://__bridge_loaded__', 'https://__bridge_loaded__'],
    ['BRIDGE_SOURCES', 'gap:; script-src *', 'gap:;'],
    ['BRIDGE_SOURCES', "gap: 'unsafe-inline'", "'unsafe-inline'"],
    ['BRIDGE_SOURCES', 'https://a.example,https://b.example', 'https://a.example,https'],
    ['UPSDK_URL', 'http://my_sandbox:4601/s/open/js/upsdk.js', 'my_sandbox'],
    ['UPSDK_URL', 'http://[::1]:4601/s/open/js/upsdk.js', '[::1]'],
    ['FRAME_ANCESTORS', 'http://my_sandbox:4601', 'my_sandbox'],
    ['FRAME_ANCESTORS', 'http://localhost:4601/a;b', 'localhost:4601/a;b'],
  ])('stop the start with %s=%s, which a browser would ignore', (name, value, named) => {
    const problems = problemsOf({ [name]: value })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(new RegExp(`^${name} .*browsers ignore it`))
    expect(problems[0]).toContain(named)
  })
  test('accept sources that browsers know as bridge sources', () => {
    const sources = 'gap: https: https://*.95516.com http://10.0.0.8:4601/x https://x.com:* host'
    expect(readSettings({ BRIDGE_SOURCES: ` ${sources}  ` }).bridge_sources).toEqual(
      sources.split(' '),
    )
  })
  test.each([
    ['PUBLIC_URL', 'https://pay.example.com/h5', /must end after its host, without \/h5/],
    ['PUBLIC_URL', 'https://pay.example.com//', /must end after its host/],
    ['PUBLIC_URL', 'https://pay.example.com/?a=1', /no query/],
    ['PUBLIC_URL', 'https://pay.example.com/?', /no query/],
    ['PUBLIC_URL', 'https://pay.example.com/#', /no #/],
    ['PUBLIC_URL', 'https://pay.example.com#top', /no #/],
    ['PUBLIC_URL', 'https://pay.example.com,', /no name server knows/],
    ['PUBLIC_URL', 'https://pay.example.com;', /no name server knows/],
    ['PUBLIC_URL', '"https://pay.example.com"', /has quotes around it/],
    ['DATABASE_URL', 'postgres://wugan:half', /write # as %23/],
    ['DATABASE_URL', 'postgres://wugan:12', /name of the database/],
    ['DATABASE_URL', 'postgres://wugan:a#b@database/wugan', /write # as %23/],
    ['DATABASE_URL', 'postgres://wugan:a/b@database/wugan', /write # as %23/],
    ['DATABASE_URL', 'postgres://wugan@database', /name of the database/],
    ['DATA_KEY', 'a!'.repeat(21) + 'aaa', /32 bytes/],
    ['ACP_PFX_PASSWORD', "'000000'", /has quotes around it/],
    ['ACP_PFX_PASSWORD', ' 000000', /a blank/],
    ['TICKET_SECRET', `${'b'.repeat(40)} `, /a blank/],
    ['UNIONPAY_APPID', 'app', /no setting: write UNIONPAY_APP_ID/],
    ['\uFEFFUNIONPAY_ENV', 'production', /"\\uFEFFUNIONPAY_ENV" is no setting: write UNIONPAY_ENV/],
    ['public_url', 'https://pay.example.com', /public_url is no setting: write PUBLIC_URL/],
    ['ACP_SOMETHING_ELSE', '1', /ACP_SOMETHING_ELSE is no setting/],
    ['CHARGE_WAIT', '1', /CHARGE_WAIT is no setting/],
  ])('report a truncated or damaged value: %s %s', (name, value, expected) => {
    expect(problemsOf({ ...production_env, [name]: value }).join('\n')).toMatch(expected)
  })
  test.each([
    ['PUBLIC_URL', 'https://pay.example.com/'],
    ['PUBLIC_URL', 'https://pay.example.com:8443'],
    ['DATABASE_URL', 'postgres://wugan:a%23b@/wugan?host=%2Frun%2Fpostgresql'],
    ['DATABASE_URL', 'postgresql://wugan:a@b@[::1]:5432/wugan?sslmode=require'],
    ['ACP_PFX_PASSWORD', '000000\r'],
    ['DATA_KEY', Buffer.alloc(32, 7).toString('base64')],
    ['HOSTNAME', 'a'],
    ['COLOUR', 'red'],
    ['LOGNAME', 'root'],
    ['EDITOR', 'vi'],
    ['SSH_CLIENT', '1'],
  ])('accept intact values and those of other programs: %s %s', (name, value) => {
    expect(problemsOf({ ...production_env, [name]: value })).toEqual([])
  })
  test('recognize the environment with blanks around it', () => {
    expect(readSettings({ ...of_test, UNIONPAY_ENV: ' test ' })).toMatchObject({
      unionpay_gateway_url: 'https://gateway.test.95516.com',
    })
  })
  test('are frozen', () => {
    expect(Object.isFrozen(readSettings({}))).toBe(true)
  })
})

describe('outside sandbox', () => {
  test.each([
    ['CLOCK_URL', 'http://localhost:4601/_control/clock'],
    ['FRAME_ANCESTORS', 'http://localhost:4601'],
    ['SHOP_KEY_FILE', 'x'],
    ['SANDBOX_ON_PUBLIC_NETWORK', 'on'],
    ['UNIONPAY_OPEN_URL', 'http://localhost:4601'],
    ['UNIONPAY_OPEN_URL', 'https://LOCALHOST.:4601'],
    ['UNIONPAY_GATEWAY_URL', 'https://unionpay.localhost'],
    ['UNIONPAY_FILE_URL', 'https://[::ffff:127.0.0.1]'],
    ['UNIONPAY_FILE_URL', 'https://0x7f.1'],
    ['UPSDK_URL', 'http://127.0.0.1:4601/s/open/js/upsdk.js'],
    ['UNIONPAY_NOTICE_KEY_FILES', '/srv/data/sandbox/notice-public.pem'],
    ['NODE_TLS_REJECT_UNAUTHORIZED', '0'],
    ['NODE_DEBUG', 'http'],
  ])('production and test refuse %s of the sandbox (%s)', (name, value) => {
    for (const env of [production_env, of_test])
      expect(problemsOf({ ...env, [name]: value }).join()).toContain(name)
  })
  test.each([
    ['PUBLIC_URL', 'http://pay.example.com'],
    ['PUBLIC_URL', 'https://localhost'],
    ['PUBLIC_URL', 'https://127.1'],
    ['DATABASE_URL', ''],
    ['ACP_OWNER_RULE', 'test'],
    ['ACP_TR_ID', '62000000001'],
    ['MERCHANT_NAME', '青禾便民'],
    ['MERCHANT_PHONE', '400-000-0000'],
    ['ACP_MERCHANTS', '898310148160570:/keys/a.pfx,898310148160569:/keys/b.pfx'],
    ['ACP_MERCHANTS', '777290058110048:/keys/test.pfx'],
    ['UNIONPAY_GATEWAY_URL', 'https://gateway.test.95516.com'],
    ['UNIONPAY_GATEWAY_URL', 'https://Gateway.TEST.95516.com.:443/'],
    ['UNIONPAY_GATEWAY_URL', 'https://gateway.ｔｅｓｔ.95516.com'],
    ['UNIONPAY_GATEWAY_URL', 'https://101.231.204.80:5000'],
    ['UNIONPAY_GATEWAY_URL', 'https://0x65e7cc50:5000'],
    ['UNIONPAY_FILE_URL', 'https://filedownload.test.95516.com'],
    ['UNIONPAY_OPEN_URL', 'https://open-test.95516.com'],
    ['UNIONPAY_OPEN_URL', 'https://open.95516.net'],
    ['UPSDK_URL', 'https://open.uat2.95516.com/s/open/js/upsdk.js'],
  ])('production refuses %s of a test or of the sandbox: %s', (name, value) => {
    expect(problemsOf({ ...production_env, [name]: value }).join()).toContain(name)
  })
  test.each([
    ['UNIONPAY_GATEWAY_URL', 'https://gateway.95516.com'],
    ['UNIONPAY_OPEN_URL', 'https://latest.95516.com'],
    ['UNIONPAY_GATEWAY_URL', 'https://10.8.0.4:8443'], // a leased line to UnionPay
    ['PUBLIC_URL', 'https://test.example.com'],
    ['ACP_MERCHANTS', ''],
  ])('production accepts %s %s', (name, value) => {
    expect(problemsOf({ ...production_env, [name]: value })).toEqual([])
  })
  test.each([
    ['UNIONPAY_GATEWAY_URL', 'https://gateway.95516.com'],
    ['UNIONPAY_FILE_URL', 'https://FileDownload.95516.com.'],
  ])('test refuses %s of production, where money is real', (name, value) => {
    expect(problemsOf({ ...of_test, [name]: value }).join()).toContain(name)
  })
})

describe('a sandbox', () => {
  test.each([
    'http://localhost:4600',
    'http://localhost.:4600',
    'http://LOCALHOST',
    'http://pay.localhost',
    'http://127.0.0.1',
    'http://127.8.9.1',
    'http://2130706433',
    'http://0x7f000001',
    'http://0177.0.0.1',
    'http://127.1',
    'http://10.0.0.1',
    'http://172.16.0.1',
    'http://172.31.255.255',
    'http://192.168.1.20:8080',
    'http://169.254.7.7',
    'http://[::1]',
    'http://[0:0:0:0:0:0:0:1]',
    'http://[::ffff:10.0.0.1]',
    'http://[::ffff:c0a8:101]',
    'http://[fe80::1]',
    'http://[fd12:3456::1]',
    'http://wugan',
    'https://pay.local',
    'https://pay.shop.LOCAL.',
    'https://pay.internal',
  ])('starts at %s', (PUBLIC_URL) => {
    expect(problemsOf({ PUBLIC_URL })).toEqual([])
  })

  const outside = [
    'https://pay.example.com',
    'https://pay.example.com.',
    'https://PAY.EXAMPLE.COM',
    'https://localhost.example.com',
    'https://local.example.com',
    'https://pay.local.example.com',
    'https://127.0.0.1.example.com',
    'https://10.0.0.1.nip.io',
    'https://paylocal.com',
    'https://pay.xlocal',
    'https://pay.internals',
    'http://8.8.8.8',
    'http://134744072',
    'http://0x08080808',
    'http://010.8.8.8',
    'http://172.15.0.1',
    'http://172.32.0.1',
    'http://192.169.0.1',
    'http://11.0.0.1',
    'http://126.255.255.255',
    'http://100.64.0.1',
    'http://203.0.113.9',
    'http://[2400:3200::1]',
    'http://[2001:db8::1]',
    'http://[::ffff:8.8.8.8]',
    'http://[::ffff:808:808]',
    'http://[64:ff9b::a00:1]',
    'http://[2002:a00:1::]',
    'http://[::a00:1]',
  ]
  test.each(outside)('does not start at %s', (PUBLIC_URL) => {
    const problems = problemsOf({ PUBLIC_URL })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/^PUBLIC_URL is the public host .*SANDBOX_ON_PUBLIC_NETWORK=on/)
  })

  test.each([
    'UNIONPAY_OPEN_URL',
    'UNIONPAY_GATEWAY_URL',
    'UNIONPAY_FILE_URL',
    'UPSDK_URL',
    'CLOCK_URL',
    'FRAME_ANCESTORS',
  ])('accepts no public address as %s', (name) => {
    expect(problemsOf({ [name]: 'http://8.8.8.8:4601/x' }).join()).toMatch(
      new RegExp(`^${name} is the public host 8\\.8\\.8\\.8`),
    )
    expect(problemsOf({ [name]: 'http://[::ffff:8.8.8.8]:4601' }).join()).toContain(name)
    expect(problemsOf({ [name]: 'http://10.0.0.8:4601' })).toEqual([])
  })

  test('accepts no public page among the frame ancestors either', () => {
    expect(problemsOf({ FRAME_ANCESTORS: 'http://localhost:4601,http://8.8.8.8' })).toHaveLength(1)
  })

  test.each(['user:secret@localhost', 'user@localhost', ':secret@localhost'])(
    'accepts no address with a user name or password: %s',
    (authority) => {
      expect(problemsOf({ PUBLIC_URL: `http://${authority}` }).join()).toContain('no user name')
    },
  )

  const override = {
    SANDBOX_ON_PUBLIC_NETWORK: 'on',
    PUBLIC_URL: 'https://demo.example.com',
    TICKET_SECRET: 'c'.repeat(40),
    UNIONPAY_APP_SECRET: 'of-our-own',
  }
  test('on a public network with the one override starts with its own secrets, and calls no webhook inside', () => {
    expect(readSettings({ ...override, UNIONPAY_OPEN_URL: 'https://8.8.8.8' })).toMatchObject({
      public_url: 'https://demo.example.com',
      webhook_private_addresses: false,
    })
    expect(readSettings({})).toMatchObject({ webhook_private_addresses: true })
  })
  test.each(['TICKET_SECRET', 'UNIONPAY_APP_SECRET'])(
    'on a public network does not start with the public example %s',
    (name) => {
      const known = readSettings({})[name.toLowerCase() as 'ticket_secret']
      for (const value of ['', known])
        expect(problemsOf({ ...override, [name]: value })).toEqual([
          `${name} is the sandbox's, which everybody knows; give your own`,
        ])
    },
  )
  test.each([
    'https://open.95516.com',
    'https://gateway.test.95516.com',
    'https://OPEN.95516.COM.',
    'https://open.95516.net',
  ])("never calls UnionPay's %s, with or without the override", (address) => {
    for (const more of [{}, override])
      expect(problemsOf({ ...more, UNIONPAY_OPEN_URL: address }).join()).toMatch(
        /UNIONPAY_OPEN_URL is UnionPay's .*UNIONPAY_ENV=test or production/,
      )
  })
})
