import type { ErrorView } from '../../server/api.ts'
import type { ApiResult, Effect, FaultCode, WayFault } from './result.ts'

const READ_DEADLINE_MS = 10_000
// a signing or an ending waits for UnionPay behind the server
const WRITE_DEADLINE_MS = 25_000

type Method = 'GET' | 'POST' | 'DELETE'
type Failure = { code: FaultCode; request_id: string | null; refused: boolean }

const onTheWay = (code: WayFault, request_id: string | null = null): Failure => ({
  code,
  request_id,
  refused: false,
})

/** Whose answer it is that our server did not write. HTML is a captive portal's only where it came as a success. */
function foreign({ ok, status }: Response, text: string): WayFault {
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
    : onTheWay(foreign(response, text), response.headers.get('x-request-id'))
}

/** Who somebody is can be asked as often as one likes: nothing hangs on it. */
const only_asks_who =
  /^\/(api\/(sign-in|session\/proof|tickets|bridge-signature)|console\/api\/sign-in)/

function effectOf(method: Method, path: string, { refused }: Failure): Effect {
  if (method === 'GET' || only_asks_who.test(path)) return 'read'
  return refused ? 'refused' : 'unknown'
}

/** A refused connection and a lost network look the same to a page; only this tells them apart. */
const isOffline = (): boolean => (navigator as { onLine?: boolean }).onLine === false

/** The only fetch of the pages. Never throws: every way to fail is a code that `text` has a sentence for. */
export async function request<T>(
  method: Method,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<ApiResult<T>> {
  const abort = new AbortController()
  let late = false
  const deadline = setTimeout(
    () => {
      late = true
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
    .catch(() => onTheWay(late ? 'timeout' : isOffline() ? 'offline' : 'unreachable'))
  clearTimeout(deadline)
  if ('value' in answer) return { ok: true, value: answer.value as T }
  const { code, request_id } = answer
  return { ok: false, fault: { code, request_id, effect: effectOf(method, path, answer) } }
}
