import { getEventListeners } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { createMerchant, startChargingWorld } from '../support/charging.ts'
import { until } from '../support/until.ts'
import { startWebhookReceiver } from '../support/webhook-receiver.ts'

test("the webhook sender leaves no listener on the process's shutdown signal", async () => {
  const [world, receiver] = [
    await startChargingWorld({ jobs: false }),
    await startWebhookReceiver(),
  ]
  onTestFinished(async () => {
    await world.stop()
    await receiver.stop()
  })
  await createMerchant(world.url, await world.key(['webhooks'])).call(
    'POST',
    '/v1/webhook-endpoints',
    { url: receiver.url },
  )
  const stopping = new AbortController().signal
  const run = async (name: string): Promise<number> =>
    (await world.app.jobs.find((job) => job.name === name)?.run(stopping)) ?? 0
  const { charge } = await world.paid(350)
  await until(
    'it is delivered',
    async () =>
      (await run('announce-webhooks')) + (await run('deliver-webhooks')) >= 0 &&
      receiver.about(charge.order_id).length > 0,
  )
  expect(getEventListeners(stopping, 'abort')).toEqual([])
})
