import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { loadEnvFile, problemsOfEnvFile, readEnvFile } from '../../server/env-file.ts'
import { readSettings as readSandboxSettings } from '../../sandbox/settings.ts'
import { sandbox_names } from '../../server/setting-names.ts'
import { inspectSettings } from '../../server/settings.ts'

const read = (text: string) => readEnvFile(Buffer.from(text))
const problemsOf = (text: string): string => read(text).problems.join('\n')

test.each([
  ['UTF-8', Buffer.from('\uFEFFUNIONPAY_ENV=production\nPORT=1\n')],
  ['UTF-16', Buffer.from('\uFEFFUNIONPAY_ENV=production\r\nPORT=1\r\n', 'utf16le')],
])('a byte order mark of %s does not hide the first line', (_, bytes) => {
  expect(readEnvFile(bytes)).toEqual({
    values: { UNIONPAY_ENV: 'production', PORT: '1' },
    problems: [],
  })
})

test.each([
  [
    'a password goes on after #',
    'ACP_PFX_PASSWORD=half#other-half',
    /line 1: ACP_PFX_PASSWORD ends at its #/,
  ],
  ['a password begins with #', 'ACP_PFX_PASSWORD=#whole', /ACP_PFX_PASSWORD ends at its #/],
  ['a password holds a blank and #', 'TICKET_SECRET=half #other', /TICKET_SECRET ends at its #/],
  ['an address of the database', 'DATABASE_URL=postgres://a:b#c@d/e', /DATABASE_URL ends at its #/],
  ['a name', 'MERCHANT_NAME=青禾#1', /MERCHANT_NAME ends at its #/],
  ['text after the closing quote', `ACP_PFX_PASSWORD='half'other'`, /goes on after its closing '/],
  ['a quote that nothing ends', 'ACP_PFX_PASSWORD="half', /begins with " and nothing ends it/],
  ['no =', 'PORT 4700', /line 1 is not NAME=value/],
  ['a colon', 'PORT: 4700', /line 1 is not NAME=value/],
  ['twice', 'PORT=1\nHOST=a\nPORT=2', /line 3: PORT stands in line 1 already/],
  ['another spelling', 'UNIONPAY_APPID=1', /UNIONPAY_APPID is no setting: write UNIONPAY_APP_ID/],
  ['letters that changed places', 'TICKET_SECERT=1', /write TICKET_SECRET/],
  ['small letters', 'port=4700', /port is no setting: write PORT/],
  ['broad letters', 'ＰＯＲＴ=4700', /write PORT/],
  ['nothing near', 'COLOUR=red', /COLOUR is no setting; remove it/],
])('a value that would be lost silently is named: %s', (_, text, expected) => {
  expect(problemsOf(text)).toMatch(expected)
})

test.each([
  '# a comment\n\nPORT=4700 # the port\n',
  'ACP_PFX_PASSWORD=\'a#b\'\nTICKET_SECRET="a # b" # in quotes\n',
  'export PORT=4700\n',
  'TICKET_SECRET="two\nlines"\nPORT=4700\n',
  'ACP_PFX_PASSWORD= # none\nNODE_OPTIONS=--no-warnings\nTZ=Asia/Shanghai\nhttp_proxy=http://a:1\nSANDBOX_PORT=1',
  readFileSync('.env.example', 'utf8'),
])('an intact file is accepted (%#)', (text) => {
  expect(problemsOf(text)).toBe('')
})

test('problems repeat no value', () => {
  expect(
    problemsOf('ACP_PFX_PASSWORD=first-half#other-half\nTICKET_SECRET="first-half'),
  ).not.toMatch(/half/)
})

test('problems of the file are in the list of the start, and existing variables take precedence', () => {
  const env: Record<string, string | undefined> = { PORT: '1' }
  loadEnvFile(Buffer.from('PORT=2\nHOST=a\nMERCHANT_NAME=b#c\n'), env)
  expect(env).toEqual({ PORT: '1', HOST: 'a', MERCHANT_NAME: 'b' })
  expect(inspectSettings({}).problems).toEqual(problemsOfEnvFile())
  loadEnvFile(Buffer.from(''), {})
  expect(inspectSettings({}).problems).toEqual([])
})

test("the sandbox's names in the list are those that it reads", () => {
  const asked = new Set<string>()
  readSandboxSettings(new Proxy({}, { get: (_, name) => void asked.add(String(name)) }))
  expect([...asked].toSorted()).toEqual([...sandbox_names].toSorted())
})
