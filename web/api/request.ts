import type { ErrorView } from '../../server/api.ts'
import type { ApiResult, FaultCode } from './result.ts'

const READ_DEADLINE_MS = 10_000
// a signing or an ending waits for UnionPay behind the server
const WRITE_DEADLINE_MS = 25_000

type Method = 'GET' | 'POST' | 'DELETE'

function failed<T>(code: FaultCode, requestId: string | null = null): ApiResult<T> {
  return { ok: false, fault: { code, request_id: requestId } }
}

async function readAnswer<T>(response: Response): Promise<ApiResult<T>> {
  const text = await response.text()
  let body: unknown
  try {
    body = text === '' ? {} : JSON.parse(text)
  } catch {
    return failed('unreadable', response.headers.get('x-request-id'))
  }
  if (response.ok) return { ok: true, value: body as T }
  const view = body as Partial<ErrorView>
  if (typeof view.code !== 'string')
    return failed('unreadable', response.headers.get('x-request-id'))
  return failed(view.code, view.request_id ?? null)
}

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
  try {
    const response = await fetch(path, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: abort.signal,
      headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return await readAnswer<T>(response)
  } catch {
    return failed(late ? 'timeout' : 'offline')
  } finally {
    clearTimeout(deadline)
  }
}
