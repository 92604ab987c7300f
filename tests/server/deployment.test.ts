import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { readSettings } from '../../server/settings.ts'
import { claimDatabase } from '../../server/storage/deployment.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { startWorld } from '../support/world.ts'

let made: TestDatabase
beforeAll(async () => {
  made = await createTestDatabase()
})
afterAll(async () => made.drop())

const key = randomBytes(32)

test('a database belongs to the environment, the app and the data key that first used it', async () => {
  const claim = (env: string, app_id: string, bytes = key) =>
    claimDatabase(made.database, [{ id: 'k1', bytes }], env, app_id, (size) => randomBytes(size))
  await claim('sandbox', 'a1')
  await claim('sandbox', 'a1')
  await expect(claim('production', 'a1')).rejects.toThrow(
    /sandbox environment, UNIONPAY_ENV is production/,
  )
  await expect(claim('sandbox', 'a2')).rejects.toThrow(/UNIONPAY_APP_ID/)
  await expect(claim('sandbox', 'a1', randomBytes(32))).rejects.toThrow(/DATA_KEY/)
})

test('.env.example with UNIONPAY_ENV=production never starts with public example secrets', () => {
  const env = {
    ...parseEnv(readFileSync('.env.example', 'utf8')),
    UNIONPAY_ENV: 'production',
    DATA_KEY: 'a'.repeat(64),
  }
  expect(() => readSettings(env)).toThrow(
    /TICKET_SECRET is missing[\s\S]*UNIONPAY_APP_ID is missing/,
  )
  const { ticket_secret, unionpay_app_id, unionpay_app_secret } = readSettings({})
  const known = {
    ...env,
    TICKET_SECRET: ticket_secret,
    UNIONPAY_APP_ID: unionpay_app_id,
    UNIONPAY_APP_SECRET: unionpay_app_secret,
  }
  expect(() => readSettings(known)).toThrow(
    /TICKET_SECRET is the sandbox's[\s\S]*UNIONPAY_APP_SECRET is the sandbox's/,
  )
})

test.each(['sandbox', 'test', 'production'])(
  'a copy of .env.example, with the required settings, equals no file: %s',
  (unionpay_env) => {
    const copied = parseEnv(readFileSync('.env.example', 'utf8'))
    const own = {
      UNIONPAY_ENV: unionpay_env,
      PORT: '4700',
      DATA_KEY: 'a'.repeat(64),
      PUBLIC_URL: 'https://pay.internal',
      DATABASE_URL: 'postgres://wugan@database/wugan',
      MERCHANT_NAME: '青禾',
      MERCHANT_PHONE: '021-1',
      TICKET_SECRET: 't'.repeat(40),
      UNIONPAY_APP_ID: 'a1',
      UNIONPAY_APP_SECRET: 's1',
      UNIONPAY_NOTICE_KEY_FILES: 'notice.pem',
    }
    expect(readSettings({ ...copied, ...own })).toEqual(readSettings(own))
    if (unionpay_env === 'sandbox')
      expect(readSettings({ ...copied, PORT: '4700' })).toMatchObject({
        public_url: 'http://localhost:4700',
      })
  },
)

test('readiness is negative while the server is not yet listening', async () => {
  const world = await startWorld({ env: { DRAIN_MS: '1500' } })
  expect((await fetch(`${world.url}/health/ready`)).status).toBe(200)
  const stopped = world.stop()
  const answer = await fetch(`${world.url}/health/ready`)
  expect([answer.status, await answer.json()]).toMatchObject([
    503,
    { ready: false, stopping: true },
  ])
  expect((await fetch(`${world.url}/health/live`)).status).toBe(200)
  await stopped
})

test('cookies are Secure when the public address is https', async () => {
  const world = await startWorld({ env: { PUBLIC_URL: 'https://pay.internal' } })
  const answer = await fetch(`http://localhost:${world.settings.port}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"return_to":"/"}',
  })
  expect(answer.headers.getSetCookie()[0]).toMatch(/; Secure;/)
  expect(answer.headers.get('strict-transport-security')).toMatch(/max-age=/)
  await world.stop()
})
