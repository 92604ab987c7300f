import type { JournalEntry } from './journal.ts'

const literal = (value: unknown, indent: string): string =>
  JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`)

/** Fields of an answer that differ each time: a test that asserted them would fail at once. */
const fleeting =
  /^(signature|signPubKeyCert|queryId|traceNo|traceTime|settleDate|txnTime|token|accessToken|backendToken|frontToken|at|\w+_at|order_id|query_id|request_id|id|contract_id|contractId|purchase_id|merchant_order_no|state)$/

/** Identifiers that work only once: a test creates its own on each run. */
const afresh = (text: string): string =>
  text.replace(/"(idempotency-key|merchant_order_no)": "[^"]*"/g, '"$1": crypto.randomUUID()')

function lasting(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body
  return Object.fromEntries(
    Object.entries(body).filter(
      ([name, value]) => !fleeting.test(name) && (value === null || typeof value !== 'object'),
    ),
  )
}

function requestOf({ request, kind }: JournalEntry): string[] {
  const { method = 'GET', url = '', headers, body } = request ?? {}
  const address = url.startsWith('/') ? location.origin + url : url
  const empty = body === undefined || body === null || body === ''
  const is_form = kind.startsWith('gateway.') || typeof body === 'string'
  const sent = {
    ...(kind === 'shop' ? headers : {}),
    ...(empty || is_form ? {} : { 'content-type': 'application/json' }),
  }
  const lines = [
    ...(kind === 'shop'
      ? ["      authorization: `Bearer ${process.env['KEY']}`, // a key of the merchant server's"]
      : []),
    ...Object.entries(sent).map(
      ([name, value]) => `      ${literal(name, '')}: ${literal(value, '')},`,
    ),
  ]
  return [
    `  const answer = await fetch(${literal(address, '  ')}, {`,
    `    method: ${literal(method, '')},`,
    ...(lines.length > 0 ? ['    headers: {', ...lines, '    },'] : []),
    ...(empty
      ? []
      : [
          `    body: ${is_form ? `new URLSearchParams(${literal(body, '    ')})` : `JSON.stringify(${literal(body, '    ')})`},`,
        ]),
    '  })',
  ]
}

function expectationOf({ response }: JournalEntry): string[] {
  if (response === null) return []
  const { status, body } = response
  const wanted = lasting(body)
  return [
    ...(status === undefined ? [] : [`  expect(answer.status).toBe(${status})`]),
    ...(typeof wanted === 'object' && wanted !== null
      ? [`  expect(await answer.json()).toMatchObject(${literal(wanted, '  ')})`]
      : typeof wanted === 'string' && /(^|&)respCode=/.test(wanted)
        ? [
            `  expect(await answer.text()).toContain(${literal(/respCode=[0-9A-Z]{2}/.exec(wanted)?.[0] ?? '', '  ')})`,
          ]
        : []),
  ]
}

/**
 * The message as a ready test for vitest. Secrets are shortened in the journal and must be filled
 * in.
 */
export function asTest(entry: JournalEntry): string {
  return [
    `import { expect, test } from 'vitest'`,
    '',
    `test(${literal(entry.summary, '')}, async () => {`,
    '  // values that end in … were shortened in the journal',
    ...requestOf(entry).map(afresh),
    ...expectationOf(entry),
    '})',
    '',
  ].join('\n')
}
