import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { explainOpenAnswer, readOpenAnswer } from '../../server/unionpay/explain-answer.ts'

const signed = {
  resp: '00',
  msg: '成功',
  params: {
    contractId: '6218412345678901234',
    contractCode: 'C1',
    planId: 'p',
    openId: 'a+b/c==',
    operateTime: '20261122100000',
  },
}
const remarks = (answer: object): Record<string, string | null> =>
  Object.fromEntries(
    explainOpenAnswer(answer as Record<string, unknown>).fields.map(({ name, remark }) => [
      name,
      remark,
    ]),
  )

test('an answer of success without wrong fields', () => {
  expect(explainOpenAnswer(signed)).toMatchObject({ valid: true, resp: '00', causes: [] })
  expect(Object.values(remarks(signed)).filter((remark) => remark !== null)).toEqual([])
})

test.each([
  ['a token that is gone', { resp: 'a10', msg: '', params: {} }, /another system uses this appId/],
  ['a code that was spoilt', { resp: 'a31', msg: '' }, /blanks or escapes in it/],
  ['a code nobody lists', { resp: 'Z9', msg: '' }, /unknown.*Ask contract\.info/],
  ['a system error', { resp: 'SG99', msg: '' }, /Ask contract\.info, at least five minutes later/],
  [
    'a failure inside a success',
    { resp: '00', msg: '', params: { respCode: 'N60003' } },
    /respCode inside params says N60003/,
  ],
  ['params that are none', { resp: '00', params: 'x' }, /`params` is not an object/],
  ['a number where the code belongs', { resp: 0, params: {} }, /`resp` is not text/],
])('%s', (_what, answer, cause) => {
  const found = explainOpenAnswer(answer)
  expect(found.valid).toBe(false)
  expect(found.causes.join('\n')).toMatch(cause)
})

test('suspicious fields, one by one', () => {
  expect(
    remarks({
      resp: '00',
      params: {
        contractStatus: '3',
        enable: 2,
        operationTime: 'soon',
        contractId: 6218412345678901000,
        openId: 'a b',
        backendToken: 'x'.repeat(25),
        accessToken: null,
      },
    }),
  ).toEqual({
    contractStatus: 'terminated',
    enable: expect.stringContaining('unfinished'),
    operationTime: expect.stringContaining('not a time'),
    contractId: expect.stringContaining('lost digits'),
    openId: expect.stringContaining('blank'),
    backendToken: expect.stringContaining('25 characters'),
    accessToken: 'null',
  })
})

test('only JSON with resp is an answer of the open platform', () => {
  for (const text of ['{"respCode":"00"}', 'resp=00', '<html>', '["resp"]'])
    expect(readOpenAnswer(text)).toBeNull()
})

test('doctor verify of a file explains it, and shows no whole number', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wugan-answer-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const run = (answer: object) =>
    new Promise<{ code: number; out: string }>((resolve) => {
      writeFileSync(join(folder, 'captured'), JSON.stringify(answer))
      execFile(
        process.execPath,
        ['commands/doctor.ts', 'verify', join(folder, 'captured')],
        (error, out) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, out }),
      )
    })
  const good = await run(signed)
  expect(good).toMatchObject({ code: 0, out: expect.stringMatching(/^SUCCESS: resp 00/) })
  expect(good.out).not.toContain('6218412345678901234')
  expect(await run({ resp: 'a40', msg: '' })).toMatchObject({
    code: 1,
    out: expect.stringMatching(/^NO SUCCESS: resp a40, already signed/),
  })
})
