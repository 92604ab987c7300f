import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { explainReturn, looksLikeReturn } from '../../server/unionpay/explain-return.ts'

const code = 'ab+/EFGHIJKLMNOPQRSTUw=='
const encoded = encodeURIComponent(code)
const at = 'https://pay.example.com/sign/return'

test.each([
  ['a whole address', `${at}?code=${encoded}&state=S1`],
  ['a query', `code=${encoded}&state=S1\n`],
  ['a code that was not encoded', `${at}?code=${code}&state=S1`],
  ['a line of an access log', `GET /sign/return?code=${encoded}&state=S1 HTTP/1.1`],
])('%s with a whole code is usable', (_what, captured) => {
  expect(looksLikeReturn(captured)).toBe(true)
  expect(explainReturn(captured)).toMatchObject({ valid: true, brought: 'code', causes: [] })
})

test.each([
  ['encoded twice', `${at}?code=${encodeURIComponent(encoded)}&state=S1`, /encoded twice/],
  ['decoded as a form', `${at}?code=ab%20/EFGHIJKLMNOPQRSTUw==&state=S1`, /blanks that were `\+`/],
  ['cut at its end', `${at}?code=ab%2B%2FEFGHIJ&state=S1`, /10 characters; 24 is usual/],
  ['changed', `${at}?code=ab*cd&state=S1`, /not Base64/],
  ['behind a fragment', `https://pay.example.com/#/return?code=${encoded}&state=S1`, /behind #/],
  ['after a query of our own', `${at}?shop=1?code=${encoded}&state=S1`, /two question marks/],
  ['twice', `${at}?code=${encoded}&state=S1&code=${encoded}`, /`code` comes twice/],
  ['escaped for HTML', `${at}?code=${encoded}&amp;state=S1`, /&amp; stands for &/],
  ['without state', `${at}?code=${encoded}`, /no state/],
  ['with another state', `${at}?code=${encoded}&state=a_b`, /not 1–128 letters and digits/],
  ['a listed fault', `${at}?errorcode=N62132&errmsg=x&state=S1`, /N62132: redirect domain/],
  ['a refusal', `${at}?errorcode=1&errmsg=cancel&state=S1`, /may have refused/],
  ['nothing but the state', `${at}?state=S1`, /left the page without a decision/],
])('a return %s is not usable and says why', (_what, captured, cause) => {
  const found = explainReturn(captured)
  expect(found.valid).toBe(false)
  expect(found.causes.join('\n')).toMatch(cause)
})

test('a notice is no return', () =>
  expect(looksLikeReturn('appId=a&openId=b&signature=c')).toBe(false))

test('doctor verify of a file explains it, and never shows the whole code', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wugan-return-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const run = (text: string) =>
    new Promise<{ code: number; out: string }>((resolve) => {
      writeFileSync(join(folder, 'captured'), text)
      execFile(
        process.execPath,
        ['commands/doctor.ts', 'verify', join(folder, 'captured')],
        (error, out) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, out }),
      )
    })
  const good = await run(`${at}?code=${encoded}&state=S1`)
  expect(good).toMatchObject({ code: 0, out: expect.stringMatching(/^USABLE/) })
  expect(good.out).not.toContain(encoded)
  expect(await run(`${at}?state=S1`)).toMatchObject({
    code: 1,
    out: expect.stringMatching(/^NOT USABLE\nreturn address that brought: state alone/),
  })
})
