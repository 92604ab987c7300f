import { failure, type Answer } from './answer.ts'

/**
 * One row of a field table: the form of a field, and the code that refuses it (open platform §9).
 */
export type Field = {
  name: string
  maxLength: number
  form: RegExp
  formText: string
  missing: string
  wrong: string
  tooLong: string
  mayBeNumber: boolean
}

export type Request = Readonly<Record<string, string>>

/**
 * Checks a request against its field table. Returns the values as text, or the refusal of the first
 * invalid field, named in the message. Unknown fields are ignored.
 */
export function readRequest(
  fields: readonly Field[],
  body: unknown,
): { request: Request } | { refusal: Answer } {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return { refusal: failure('SG0001', '请求报文不是 JSON 对象') }
  }
  const request: Record<string, string> = {}
  for (const field of fields) {
    const value = (body as Record<string, unknown>)[field.name]
    const refusal = refuseField(field, value)
    if (refusal) return { refusal }
    request[field.name] = String(value)
  }
  return { request }
}

function refuseField(field: Field, value: unknown): Answer | null {
  if (value === undefined || value === null || value === '')
    return failure(field.missing, `${field.name} 不能为空`)
  if (typeof value !== 'string' && !(field.mayBeNumber && typeof value === 'number')) {
    return failure(field.wrong, `${field.name} 应为字符串`)
  }
  const text = String(value)
  if (!field.form.test(text))
    return failure(field.wrong, `${field.name} 格式不正确，应为${field.formText}`)
  if (text.length > field.maxLength)
    return failure(field.tooLong, `${field.name} 超过最大长度 ${field.maxLength}`)
  return null
}
