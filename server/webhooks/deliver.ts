import type { WebhooksContext } from './context.ts'
import { claimDeliveries, writeAttempt, type Delivery } from './delivery-store.ts'
import {
  findEndpoint,
  noteFailure,
  noteSuccess,
  switchEndpoint,
  type Endpoint,
} from './endpoint-store.ts'
import { at_once, type Posted } from './post.ts'
import { signedHeaders } from './sign.ts'
import { writeBody } from './write-body.ts'

export type Courier = {
  /**
   * Starts what is due; one lane an endpoint, so that a slow one holds up only itself. Returns how
   * many were started.
   */
  deliverDue(stopping: AbortSignal): Promise<number>
  /** Waits for what is under way. */
  idle(): Promise<void>
}

export function createCourier(context: WebhooksContext): Courier {
  const lanes = new Map<string, Promise<void>>()
  return {
    async deliverDue(stopping) {
      const claimed = await claimDeliveries(context.database.pool, [...lanes.keys()], at_once)
      for (const [endpoint_ref, some] of Map.groupBy(
        claimed,
        (delivery) => delivery.endpoint_ref,
      )) {
        const lane = runLane(context, endpoint_ref, some).finally(() => lanes.delete(endpoint_ref))
        lanes.set(endpoint_ref, lane)
      }
      // the next round may begin when any lane is free
      if (claimed.length > 0) await firstOf([...lanes.values()], stopping)
      return claimed.length
    },
    idle: async () => void (await Promise.all(lanes.values())),
  }
}

/**
 * Waits for the first of them, or for the signal, which lives as long as the process: nothing is
 * left on it.
 */
async function firstOf(lanes: readonly Promise<void>[], signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  const stopped = Promise.withResolvers<void>()
  const stop = (): void => stopped.resolve()
  signal.addEventListener('abort', stop)
  await Promise.race([...lanes, stopped.promise]).finally(() =>
    signal.removeEventListener('abort', stop),
  )
}

async function runLane(
  context: WebhooksContext,
  endpoint_ref: string,
  deliveries: readonly Delivery[],
): Promise<void> {
  try {
    const endpoint = await findEndpoint(context.database.pool, endpoint_ref)
    if (endpoint)
      await Promise.all(deliveries.map((delivery) => attempt(context, endpoint, delivery)))
  } catch (error) {
    context.log.error(
      { err: error, endpoint: endpoint_ref },
      'deliveries of a webhook endpoint failed; they come due again',
    )
  }
}

/** One attempt and what follows from it: done, again later, given up, or the endpoint disabled. */
export async function attempt(
  context: WebhooksContext,
  endpoint: Endpoint,
  delivery: Delivery,
): Promise<Posted> {
  const {
    database: { pool },
    log,
    random,
  } = context
  const posted = await send(context, endpoint, delivery)
  if (posted.problem === 'subject_gone') {
    await writeAttempt(pool, delivery, posted, 'given_up', null)
    return posted
  }
  const taken = posted.status !== null && posted.status >= 200 && posted.status < 300
  const gap_s = taken ? null : gapAfter(delivery.tries, random(1).readUInt8() / 255)
  await writeAttempt(
    pool,
    delivery,
    posted,
    taken ? 'delivered' : gap_s === null ? 'given_up' : 'pending',
    gap_s,
  )
  const facts = {
    endpoint: endpoint.id,
    event: delivery.event_ref,
    type: delivery.type,
    status: posted.status,
    problem: posted.problem,
  }
  if (taken) {
    await noteSuccess(pool, endpoint.id)
    log.info(facts, 'webhook delivered')
  } else {
    log.warn(
      {
        ...facts,
        given_up: gap_s === null,
        ...(gap_s === null ? { alarm: 'webhook_given_up' } : {}),
      },
      'webhook not taken',
    )
    if (posted.problem !== 'not_written') await judge(context, endpoint, posted)
  }
  return posted
}

/**
 * What cannot be written here, say because a data key is missing, is no fault of the endpoint, and
 * is tried again like what it did not take.
 */
async function send(
  context: WebhooksContext,
  endpoint: Endpoint,
  delivery: Delivery,
): Promise<Posted> {
  let body: string | null
  let headers: Record<string, string>
  try {
    body = await writeBody(context, delivery)
    if (body === null) return { status: null, problem: 'subject_gone', ms: 0 }
    headers = signedHeaders(
      delivery.event_ref,
      context.real_clock.now(),
      body,
      secretsOf(context, endpoint),
    )
  } catch (error) {
    context.log.error(
      { err: error, endpoint: endpoint.id, event: delivery.event_ref },
      'a webhook could not be written',
    )
    return { status: null, problem: 'not_written', ms: 0 }
  }
  return context.poster.post(endpoint.url, headers, body)
}

/** 410 says: never again. Three days of nothing but failures say it too. */
async function judge(
  { database: { pool }, log }: WebhooksContext,
  endpoint: Endpoint,
  { status }: Posted,
): Promise<void> {
  const gone = status === 410
  if (gone) await switchEndpoint(pool, endpoint.id, 'answered_gone')
  if (gone || (await noteFailure(pool, endpoint.id, disable_after_s))) {
    log.error(
      {
        endpoint: endpoint.id,
        alarm: 'webhook_endpoint_disabled',
        why: gone ? 'answered_gone' : 'failed_too_long',
      },
      'a webhook endpoint was disabled',
    )
  }
}

export function secretsOf({ cipher, real_clock }: WebhooksContext, endpoint: Endpoint): string[] {
  const { previous_sealed, previous_until } = endpoint
  const old =
    previous_sealed !== null && previous_until !== null && previous_until > real_clock.now()
      ? [cipher.open(previous_sealed)]
      : []
  return [cipher.open(endpoint.secret_sealed), ...old]
}

const [minute, hour] = [60, 3_600]

/**
 * Seconds until the next attempt after the first, second, … failure; then it is given up, three
 * days after the event.
 */
export const gaps_s: readonly number[] = [
  5,
  30,
  2 * minute,
  10 * minute,
  30 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  24 * hour,
  24 * hour,
]

/** An endpoint that has answered nothing but failures for so long is disabled. */
const disable_after_s = 3 * 24 * hour

/**
 * Null: that was the last. `chance` from 0 to 1 spreads the attempts of one outage over a tenth of
 * the gap.
 */
export function gapAfter(tries: number, chance: number): number | null {
  const gap = gaps_s[tries - 1]
  return gap === undefined ? null : gap * (1 + 0.1 * chance)
}
