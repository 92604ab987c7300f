import pino from 'pino'
import { reviewPastOrders } from '../server/charges/review-past-orders.ts'
import { readArguments, stopWithUsage } from './parts/arguments.ts'
import { runOnDatabase } from './parts/run-command.ts'

/**
 * `wugan double-payments` lists the orders that two charges paid before this was looked for: a
 * preview. With `--apply --author NAME` it puts their charges in review, with the event and the
 * alarm, beside running servers; once more finds only what is new.
 */
const {
  values: { apply = false, author },
} = readArguments('double-payments')
if (apply && !author) stopWithUsage('double-payments')
await runOnDatabase(async (database) => {
  const log = pino(pino.destination(2))
  const found = await reviewPastOrders({ database, log }, apply ? (author ?? null) : null)
  for (const { merchant_order_no, order_ids } of found)
    console.log(`${merchant_order_no}: ${order_ids.join(' ')}`)
  console.log(
    apply
      ? `${found.length} orders put in review.`
      : `${found.length} orders would be put in review. This was a preview: nothing was changed. To do it: the same with --apply --author NAME`,
  )
})
