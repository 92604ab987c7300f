/** A refusal of the sandbox; `status` 0: it did not answer at all. */
export class RefusedError extends Error {
  readonly status: number
  /** the merchant server's own code, when the refusal comes from it */
  readonly code: string | null
  constructor(status: number, message: string, code: string | null = null) {
    super(message)
    this.status = status
    this.code = code
  }
}

async function request<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(path, init).catch(() => {
    throw new RefusedError(0, '沙盒没有应答，它还在运行吗？')
  })
  const text = await response.text()
  const body = parse(text)
  // refusals that the pages explain themselves carry `ok: false` and may have any status
  const explained =
    typeof body === 'object' && body !== null && (body as { ok?: boolean }).ok === false
  if (!response.ok && !explained)
    throw new RefusedError(
      response.status,
      sentence(body) ?? `HTTP ${response.status}`,
      codeOf(body),
    )
  return body as T
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

function codeOf(body: unknown): string | null {
  const { code, error } = (body ?? {}) as { code?: unknown; error?: unknown } // the sandbox calls this field error
  return typeof code === 'string' ? code : typeof error === 'string' ? error : null
}

function sentence(body: unknown): string | null {
  const { message, error } = (body ?? {}) as { message?: unknown; error?: unknown }
  return typeof message === 'string' ? message : typeof error === 'string' ? error : null
}

export function read<T>(path: string): Promise<T> {
  return request<T>(path, {})
}

export function send<T>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<T> {
  if (body === undefined) return request<T>(path, { method })
  return request<T>(path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}
