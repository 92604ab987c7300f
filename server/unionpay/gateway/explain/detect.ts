import { fromFields, readForm, splitAnswer, type Reading } from '../received.ts'

export type CapturedForm = 'synchronous answer' | 'notification' | 'json'
export type Captured = {
  form: CapturedForm
  body: Buffer
  reading: Reading
  remarks: readonly string[]
}

/** Whether a captured text is a message of the ACP gateway; the open platform's notices know none of these names. */
export function looksLikeGatewayMessage(bytes: Buffer): boolean {
  return /(^|[\s&?"{])(signMethod|signPubKeyCert|txnType|txnTime|merId|respCode)"?\s*[=:]/.test(
    bytes.toString('latin1'),
  )
}

/**
 * Reads a captured message of any form: a whole HTTP message is cut to its body, a byte order mark and the file's last line end
 * are taken off. A form-encoded body holds none but the letters a form may hold; the unencoded answer always holds others.
 */
export function readCaptured(bytes: Buffer): Captured {
  const remarks: string[] = []
  const body = bodyOf(bytes)
  if (body.length > 0 && body[0] === 0x7b) {
    const { reading, notes } = readJson(body.toString('utf8'))
    return { form: 'json', body, reading, remarks: notes }
  }
  const text = body.toString('latin1')
  if (/^[A-Za-z0-9\-_.*%+&=~!'()]+$/.test(text) && text.includes('%'))
    return { form: 'notification', body, reading: readForm(body), remarks }
  return { form: 'synchronous answer', body, reading: splitAnswer(body), remarks }
}

function bodyOf(bytes: Buffer): Buffer {
  let text = bytes.toString('latin1').replace(/^\xef\xbb\xbf/, '')
  if (/^(POST |HTTP\/1)/.test(text)) text = text.replace(/^[^]*?\r?\n\r?\n/, '')
  return Buffer.from(text.replace(/[\r\n]+$/, '').replace(/^\s+/, ''), 'latin1')
}

function readJson(text: string): { reading: Reading; notes: string[] } {
  const notes: string[] = []
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch (error) {
    return {
      reading: {
        kind: 'unreadable',
        why: 'not_a_message',
        detail: `no JSON: ${(error as Error).message}`,
      },
      notes,
    }
  }
  const fields: Record<string, string> = {}
  for (const [name, value] of Object.entries(read as Record<string, unknown>)) {
    if (typeof value === 'string') fields[name] = value
    else if (value !== null && typeof value !== 'object') {
      fields[name] = numberText(text, name) ?? String(value)
      notes.push(
        `\`${name}\` is a ${typeof value} in the JSON; every field is text, and a number loses digits beyond 2^53`,
      )
    } else notes.push(`\`${name}\` is ${value === null ? 'null' : 'no text'} and was left out`)
  }
  return { reading: fromFields(fields), notes }
}

/** The digits as they stand in the text: JSON.parse would round a certId. */
const numberText = (text: string, name: string): string | null =>
  new RegExp(`"${name.replace(/[^A-Za-z0-9]/g, '')}"\\s*:\\s*(\\d+)\\b`).exec(text)?.[1] ?? null
