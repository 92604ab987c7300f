import { expect, onTestFinished, test } from 'vitest'
import { runFetch, claimFetch } from '../../server/reconciliation/fetch-statement.ts'
import type { FetchedStatement } from '../../server/unionpay/statements.ts'
import { retail } from '../support/charging.ts'
import { startReconcilingWorld } from '../support/reconciling.ts'

test('a statement that is being fetched when a process ends is fetched by the next process at once', async () => {
  const world = await startReconcilingWorld()
  onTestFinished(() => world.stop())
  const [ending, asked] = [new AbortController(), Promise.withResolvers<void>()]
  const fetch = (
    _merchant_no: string,
    _day: string,
    stopping: AbortSignal,
  ): Promise<FetchedStatement> =>
    new Promise((resolve) => {
      stopping.addEventListener('abort', () =>
        resolve({ kind: 'none', why: 'not_reached: aborted' }),
      )
      asked.resolve()
    })
  await world.pool.query(
    `insert into statements (id, merchant_no, day, due_at, give_up_at) values ('01CUTOFF0000000000000000000', $1, $2, business_now(), business_now() + interval '3 days')`,
    [retail, world.day()],
  )
  const context = { ...world.context, statements: { merchants: [retail], fetch } }
  const job = await claimFetch(context)
  if (!job) throw new Error('nothing is due')
  const running = runFetch(context, job, ending.signal)
  await asked.promise
  expect(await claimFetch(context)).toBeNull()
  ending.abort(new Error('the process ends'))
  await expect(running).rejects.toThrow('the process ends')
  const { rows } = await world.pool.query(
    'select state, problem, claim, due_at <= business_now() as due from statements where id = $1',
    [job.statement.id],
  )
  expect(rows).toEqual([{ state: 'awaited', problem: null, claim: null, due: true }])
  expect((await claimFetch(context))?.statement.id).toBe(job.statement.id)
})
