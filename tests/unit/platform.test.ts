import { expect, test } from 'vitest'
import { contractRelieve } from '../../server/unionpay/operations/contract-relieve.ts'
import { createBareCall } from '../../server/unionpay/platform.ts'
import type { Answer } from '../../server/unionpay/transport.ts'

/** The result of a call for one answer of the open platform. */
const outcomeOf = (answer: Answer) =>
  createBareCall(
    { post: async () => answer, getJson: async () => null, close: async () => {} },
    'app',
    () => {},
    () => 0,
  )(contractRelieve, { open_id: 'o', plan_id: 'p', contract_id: '62184', contract_code: 'C' })

const answer = (params: Record<string, unknown>, resp = '00'): Answer => ({
  kind: 'answer',
  resp,
  msg: 'ok',
  params,
})

test('resp 00 with another respCode inside its params is no success', async () => {
  expect((await outcomeOf(answer({ operateTime: '20260302090000' }))).kind).toBe('done')
  expect(await outcomeOf(answer({ operateTime: '20260302090000', respCode: 'a40' }))).toMatchObject(
    { kind: 'refused', code: 'a40' },
  )
  expect(
    await outcomeOf(answer({ operateTime: '20260302090000', respCode: 'ZZ99' })),
  ).toMatchObject({ kind: 'unknown', why: 'unlisted_code', code: 'ZZ99' })
})

test('a refusing resp stays a refusal, whatever respCode is beside it', async () => {
  expect(await outcomeOf(answer({ respCode: '00' }, 'a40'))).toMatchObject({
    kind: 'refused',
    code: 'a40',
  })
})
