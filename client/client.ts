import createFetchClient, { type Client } from 'openapi-fetch'
import type { ChargeDetail, Error as ErrorAnswer, paths } from './schema.ts'

export type * from './schema.ts'
export type { ErrorAnswer }
export type MerchantClient = Client<paths>

/**
 * A client of the merchant server: `client.POST('/v1/charges', …)` gives `{ data, error, response
 * }`. Throws what fetch throws when the server cannot be reached within `timeout_ms`: repeat with
 * the same idempotency-key.
 */
export function createClient({
  url,
  key,
  timeout_ms = 20_000,
}: {
  url: string
  key: string
  timeout_ms?: number
}): MerchantClient {
  return createFetchClient<paths>({
    baseUrl: url,
    headers: { accept: 'application/json', authorization: `Bearer ${key}` },
    fetch: (request) =>
      fetch(request, {
        signal: AbortSignal.any([request.signal, AbortSignal.timeout(timeout_ms)]),
      }),
  })
}

/** The server refused: decide by `code`; `what_to_do` of the answer says what. */
export class RefusedByServer extends Error {
  readonly status: number
  readonly answer: ErrorAnswer
  constructor(status: number, answer: ErrorAnswer) {
    super(`${answer.code}: ${answer.message} ${answer.what_to_do} (request ${answer.request_id})`)
    this.name = 'RefusedByServer'
    this.status = status
    this.answer = answer
  }
  get code(): ErrorAnswer['code'] {
    return this.answer.code
  }
}

/**
 * The answer of a call. Throws RefusedByServer, or an Error when something before the server
 * answered in its place.
 */
export async function answerOf<Answer>(
  sent: Promise<{ data?: Answer; error?: unknown; response: Response }>,
): Promise<NonNullable<Answer>> {
  const { data, error, response } = await sent
  if (response.ok) return data as NonNullable<Answer>
  const answer = error as ErrorAnswer | undefined
  if (!answer?.code) throw new Error(`${response.url} answers ${response.status} without a code`)
  throw new RefusedByServer(response.status, answer)
}

/**
 * Reads a charge until it is no longer pending, at most `within_ms`; then it is given as it is, and
 * never to be charged again.
 */
export async function waitForCharge(
  client: MerchantClient,
  order_id: string,
  { within_ms = 30_000, every_ms = 1_000 }: { within_ms?: number; every_ms?: number } = {},
): Promise<ChargeDetail> {
  const last = performance.now() + within_ms - every_ms
  for (;;) {
    const charge = await answerOf(
      client.GET('/v1/charges/{order_id}', { params: { path: { order_id } } }),
    )
    if (charge.state !== 'pending' || performance.now() > last) return charge
    await new Promise((resolve) => setTimeout(resolve, every_ms))
  }
}
