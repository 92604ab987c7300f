import type { ErrorView } from '../../server/api.ts'
import type { ApiResult, Effect, FaultCode, NetworkFault } from './result.ts'

const READ_DEADLINE_MS = 10_000
// the server waits for UnionPay while a contract is signed or ended
const WRITE_DEADLINE_MS = 25_000

type Method = 'GET' | 'POST' | 'DELETE'
type Failure = { code: FaultCode; request_id: string | null; refused: boolean }

const networkFailure = (code: NetworkFault, request_id: string | null = null): Failure => ({
  code,
  request_id,
  refused: false,
})

/**
 * Classifies a response that our server did not write. HTML means a captive portal only where it
 * came with a success status.
 */
function classifyForeign({ ok, status }: Response, text: string): NetworkFault {
  if (status >= 500) return 'server_down'
  return ok && /^\s*</.test(text) ? 'portal' : 'unreadable'
}

function parse(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text)
  } catch {
    return null
  }
}

async function readAnswer(response: Response): Promise<{ value: unknown } | Failure> {
  const text = await response.text()
  const body = parse(text)
  if (body !== null && response.ok) return { value: body }
  const { code, request_id } = (body ?? {}) as Partial<ErrorView>
  return typeof code === 'string'
    ? {
        code,
        request_id: request_id ?? null,
        refused: response.status < 500 || code === 'overloaded',
      }
    : networkFailure(classifyForeign(response, text), response.headers.get('x-request-id'))
}

/** Requests that only establish an identity can be repeated without consequences. */
const identity_paths =
  /^\/(api\/(sign-in|session\/proof|tickets|bridge-signature)|console\/api\/sign-in)/

function effectOf(method: Method, path: string, { refused }: Failure): Effect {
  if (method === 'GET' || identity_paths.test(path)) return 'read'
  return refused ? 'refused' : 'unknown'
}

/**
 * A refused connection and a lost network look the same to `fetch`; only this flag distinguishes
 * them.
 */
const isOffline = (): boolean => (navigator as { onLine?: boolean }).onLine === false

/** The only fetch of the pages. Never throws: every failure is a code that has a message. */
export async function request<T>(
  method: Method,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<ApiResult<T>> {
  const abort = new AbortController()
  let timed_out = false
  const deadline = setTimeout(
    () => {
      timed_out = true
      abort.abort()
    },
    method === 'GET' ? READ_DEADLINE_MS : WRITE_DEADLINE_MS,
  )
  const answer = await fetch(path, {
    method,
    credentials: 'same-origin',
    cache: 'no-store',
    signal: abort.signal,
    headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
    .then((response) => readAnswer(response))
    .catch(() => networkFailure(timed_out ? 'timeout' : isOffline() ? 'offline' : 'unreachable'))
  clearTimeout(deadline)
  if ('value' in answer) return { ok: true, value: answer.value as T }
  const { code, request_id } = answer
  return { ok: false, fault: { code, request_id, effect: effectOf(method, path, answer) } }
}
