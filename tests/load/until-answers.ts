import { request } from 'undici'
import { until } from '../support/until.ts'
import { timeLimit } from '../support/time-limits.ts'

/** Waits until a server listens at an address; `alive` throws when its process has exited. */
export async function untilAnswers(url: string, alive: () => Promise<unknown>): Promise<void> {
  await until(
    `${url} answers`,
    async () => {
      await alive()
      return request(url).then(
        async (answer) => {
          await answer.body.dump()
          return true
        },
        () => null,
      )
    },
    timeLimit(120_000),
  )
}
