import { operations, type ErrorAnswer, type Operations } from './operations.ts'

export type * from './operations.ts'

type Name = keyof Operations
export type Input<N extends Name> = Operations[N]['input']
export type Answer<N extends Name> = Operations[N]['answer']

/** What came back: the answer, or a refusal with its stable code. */
export type Sent<N extends Name> =
  | { ok: true; status: number; body: Answer<N> }
  | { ok: false; status: number; body: ErrorAnswer }

/** The server refused: decide by `code`; `what_to_do` says what. */
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

/** What an operation becomes on the wire; `input` is checked by its type, and by the server. */
export function requestOf<N extends Name>(
  url: string,
  key: string,
  name: N,
  input: Input<N>,
): { url: string; method: string; headers: Record<string, string>; body?: string } {
  const {
    path = {},
    query = {},
    body,
    idempotency_key,
  } = input as {
    path?: Record<string, string>
    query?: Record<string, string>
    body?: unknown
    idempotency_key?: string
  }
  const place = operations[name].path.replaceAll(/\{(\w+)\}/g, (_, part: string) =>
    encodeURIComponent(path[part] ?? ''),
  )
  const search = new URLSearchParams(query).toString()
  return {
    url: `${url}${place}${search === '' ? '' : `?${search}`}`,
    method: operations[name].method,
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(idempotency_key === undefined ? {} : { 'idempotency-key': idempotency_key }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }
}

/**
 * A client of the merchant server. `send` gives what came back, refused or not; `call` gives the answer and throws RefusedByServer.
 * Both throw what fetch throws when the server cannot be reached within `timeout_ms`: repeat with the same idempotency_key.
 */
export function createClient({
  url,
  key,
  timeout_ms = 20_000,
}: {
  url: string
  key: string
  timeout_ms?: number
}) {
  const send = async <N extends Name>(name: N, input: Input<N>): Promise<Sent<N>> => {
    const { url: address, ...request } = requestOf(url, key, name, input)
    const answer = await fetch(address, { ...request, signal: AbortSignal.timeout(timeout_ms) })
    const is_json = answer.headers.get('content-type')?.includes('json') ?? false
    const body: unknown = is_json ? await answer.json() : await answer.text()
    return { ok: answer.ok, status: answer.status, body } as Sent<N>
  }
  const call = async <N extends Name>(name: N, input: Input<N>): Promise<Answer<N>> => {
    const sent = await send(name, input)
    if (!sent.ok) throw new RefusedByServer(sent.status, sent.body)
    return sent.body
  }
  return { send, call }
}
