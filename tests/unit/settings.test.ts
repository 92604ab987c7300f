import { describe, expect, test } from 'vitest'
import { readSettings, SettingsProblem } from '../../server/settings.ts'

const problemsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readSettings(env)
    return []
  } catch (error) {
    if (!(error instanceof SettingsProblem)) throw error
    return error.problems
  }
}

const production = {
  UNIONPAY_ENV: 'production',
  PUBLIC_URL: 'https://pay.example.com',
  DATA_KEY: 'a'.repeat(64),
  TICKET_SECRET: 'b'.repeat(40),
  UNIONPAY_APP_ID: 'app',
  UNIONPAY_APP_SECRET: 'secret',
  MERCHANT_NAME: '青禾',
  MERCHANT_PHONE: '1',
}

describe('settings', () => {
  test('with nothing given the sandbox starts', () => {
    expect(readSettings({})).toMatchObject({
      unionpay_env: 'sandbox',
      port: 4600,
      data_key: null,
      unionpay_open_url: 'http://localhost:4601',
    })
  })
  test("the sandbox's addresses follow the two ports", () => {
    expect(readSettings({ PORT: '4700', SANDBOX_PORT: '4701' })).toMatchObject({
      public_url: 'http://localhost:4700',
      unionpay_open_url: 'http://localhost:4701',
    })
  })
  test('everything that is wrong is said at once, each by name', () => {
    const problems = problemsOf({ UNIONPAY_ENV: 'production', PORT: 'x', SIGNING_WINDOW: 'tab' })
    for (const name of [
      'PUBLIC_URL',
      'DATA_KEY',
      'TICKET_SECRET',
      'UNIONPAY_APP_ID',
      'UNIONPAY_APP_SECRET',
      'PORT',
      'SIGNING_WINDOW',
    ])
      expect(problems.join('\n')).toContain(name)
  })
  test('a secret is never repeated in a problem', () => {
    expect(
      problemsOf({
        ...production,
        DATA_KEY: 'my-very-secret-short-key',
        TICKET_SECRET: 'short-secret',
      }).join(),
    ).not.toMatch(/my-very|short-secret/)
  })
  test('complete production settings are accepted and point at UnionPay', () => {
    expect(readSettings(production)).toMatchObject({
      unionpay_open_url: 'https://open.95516.com',
      upsdk_url: 'https://open.95516.com/s/open/js/upsdk.js',
      clock_url: null,
      bridge_sources: 'gap: wvjbscheme: https://__bridge_loaded__',
    })
  })
  test.each([
    ['CLOCK_URL', 'http://localhost:4601/_control/clock'],
    ['FRAME_ANCESTORS', 'http://localhost:4601'],
    ['SHOP_KEY_FILE', 'x'],
    ['UNIONPAY_OPEN_URL', 'http://localhost:4601'],
    ['UPSDK_URL', 'http://127.0.0.1:4601/s/open/js/upsdk.js'],
    ['PUBLIC_URL', 'http://pay.example.com'],
  ])('production refuses %s of the sandbox', (name, value) => {
    expect(problemsOf({ ...production, [name]: value }).join()).toContain(name)
  })
  test('are frozen', () => {
    expect(Object.isFrozen(readSettings({}))).toBe(true)
  })
})
