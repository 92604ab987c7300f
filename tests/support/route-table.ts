/**
 * Who may call a route: `open` requires nothing, `signed` a signature in the message, all others a
 * credential.
 */
export type Door = 'open' | 'visitor' | 'payer' | 'key' | 'operator' | 'signed'
export type RouteLine = {
  method: 'GET' | 'POST' | 'DELETE'
  path: string
  access: Door
  body?: object
}

const get = (access: Door, ...paths: string[]): RouteLine[] =>
  paths.map((path) => ({ method: 'GET', path, access }))
const post = (access: Door, path: string, body: object = {}): RouteLine => ({
  method: 'POST',
  path,
  access,
  body,
})
const remove = (access: Door, path: string): RouteLine => ({ method: 'DELETE', path, access })

const plan_id = 'a1f0c3d2e4b5968778695a4b3c2d1e04'
const url = 'https://shop.example/hooks'
const described = { description: '退货' }
const order = {
  merchant_order_no: 'ATTACK-1',
  amount_fen: 1,
  ...described,
  contract: '01KBN2V7Q4TZ8M3RXJ5W9GYHC6',
  merchant_no: '898310148160568',
}
const judged = { decision: 'paid', author: '王五' }
const repaired = { action: 'acknowledge', note: 'seen' }

/**
 * Every route of the server with a body that passes its schema, so that a refusal comes from the
 * access check and not from the schema.
 */
export const route_table: readonly RouteLine[] = [
  ...get(
    'open',
    '/health/live',
    '/health/ready',
    '/api/app',
    '/api/plans',
    '/api/plans/:plan_id',
    '/v1/openapi.json',
    '/llms.txt',
    '/docs',
    '/docs/',
    '/docs/json',
    '/docs/yaml',
    '/docs/static/index.html',
    '/docs/static/swagger-initializer.js',
    // /docs/static/*, as the router prints it
    '/docs/*',
  ),
  post('open', '/api/bridge-signature', { url: 'https://elsewhere.example/' }),
  ...get('visitor', '/api/session', '/api/plans/:plan_id/contract'),
  post('visitor', '/api/sign-in', { return_to: '/' }),
  post('visitor', '/api/session/proof', { code: 'x' }),
  post('visitor', '/api/sign-in/return', { query: 'code=x&state=y' }),
  post('visitor', '/api/tickets', { ticket: 'x'.repeat(32) }),
  post('visitor', '/api/signings/return', { query: 'code=x&state=y' }),
  remove('visitor', '/api/session'),
  ...get(
    'payer',
    '/api/bills',
    '/api/bills/months',
    '/api/bills/summary',
    '/api/bills/:order_id',
    '/api/coming-debits',
    '/api/contracts',
    '/api/contracts/:id',
    '/api/contracts/:id/unfinished',
    '/api/signings/:id',
    '/api/privacy/export',
  ),
  post('payer', '/api/session/account', { accept: true, question_id: 'x' }),
  post('payer', '/api/signings', { plan_id, agreed: true }),
  post('payer', '/api/contracts/:id/terminate'),
  post('payer', '/api/coming-debits/:id/seen'),
  post('payer', '/api/privacy/erasure', { confirmed: true }),
  ...get(
    'key',
    '/v1/plans',
    '/v1/contracts',
    '/v1/contracts/:id',
    '/v1/charges',
    '/v1/charges/:order_id',
    '/v1/refunds',
    '/v1/refunds/:order_id',
    '/v1/signings/:id',
    '/v1/statements',
    '/v1/statements/:id',
    '/v1/statements/:id/breaks',
    '/v1/breaks/:id',
    '/v1/debit-notices',
    '/v1/debit-notices/proof',
    '/v1/debit-notices/:id',
    '/v1/events',
    '/v1/webhook-endpoints',
    '/v1/webhook-endpoints/:id',
    '/v1/webhook-deliveries',
  ),
  post('key', '/v1/charges', order),
  post('key', '/v1/charges/:order_id/refunds', described),
  post('key', '/v1/charges/:order_id/cancel', described),
  post('key', '/v1/charges/:order_id/resolution', judged),
  post('key', '/v1/refunds/:order_id/resolution', judged),
  post('key', '/v1/signings', { user_id: 'U1', plan_id }),
  post('key', '/v1/signings/:id/complete', { code: 'x' }),
  post('key', '/v1/contracts/:id/terminate'),
  post('key', '/v1/contracts/:id/debit-notices', {
    debit_on: '2026-12-01',
    amount_fen: 1,
    ...described,
    way_to_cancel: '云闪付',
  }),
  post('key', '/v1/debit-notices/:id/deliveries', { channel: 'sms' }),
  post('key', '/v1/debit-notices/:id/withdrawal'),
  post('key', '/v1/breaks/:id/resolution', { ...repaired, author: '王五' }),
  post('key', '/v1/webhook-endpoints', { url }),
  remove('key', '/v1/webhook-endpoints/:id'),
  ...['disable', 'enable', 'rotation', 'test'].map((verb) =>
    post('key', `/v1/webhook-endpoints/:id/${verb}`),
  ),
  post('key', '/v1/webhook-endpoints/:id/replay', { from: '2026-11-22T00:00:00Z' }),
  post('key', '/v1/webhook-deliveries/:id/replay'),
  post('visitor', '/console/api/sign-in', { name: 'nobody', password: 'nothing' }),
  remove('visitor', '/console/api/session'),
  ...get(
    'operator',
    '/console/api/search',
    '/console/api/statements',
    '/console/api/statements/:id/breaks',
    '/console/api/operator',
    '/console/api/overview',
    '/console/api/work',
    '/console/api/charges/:order_id',
    '/console/api/contracts/:id',
    '/console/api/plans',
    '/console/api/keys',
    '/console/api/certificates',
    '/console/api/approvals',
    '/console/api/audit',
    '/console/api/webhooks',
  ),
  post('operator', '/console/api/charges/:order_id/refunds', { amount_fen: 1, ...described }),
  post('operator', '/console/api/charges/:order_id/resolution', { decision: 'paid' }),
  post('operator', '/console/api/refunds/:order_id/resolution', { decision: 'paid' }),
  post('operator', '/console/api/charges/:order_id/preview', { decision: 'paid' }),
  post('operator', '/console/api/refunds/:order_id/preview', { decision: 'paid' }),
  post('operator', '/console/api/contracts/:id/terminate'),
  post('operator', '/console/api/contracts/:id/resolution'),
  post('operator', '/console/api/keys/:id/revoke'),
  post('operator', '/console/api/approvals/:id', { allowed: true }),
  post('operator', '/console/api/approvals/:id/withdrawal'),
  post('operator', '/console/api/webhooks/deliveries/:id/replay'),
  post('operator', '/console/api/breaks/:id/preview', repaired),
  post('operator', '/console/api/breaks/:id/resolution', repaired),
  ...get('signed', '/notify/termination'),
  post('signed', '/notify/termination'),
  post('signed', '/notify/payment'),
]

/** The pages, which exist only after a build: they require nothing. */
export const page_paths = /^\/($|index\.html$|return\/|console(\/(?!api)|\*|$)|\*)/

/**
 * `GET /path` of everything a Fastify server answers, read from its own list of routes; HEAD
 * belongs to GET.
 */
export function routesOf(printed: string): string[] {
  const above: string[] = []
  return printed.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods = ''] =
      /^([│├└─\s]*)(\S+)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? []
    if (part === '') return []
    const depth = indent.length / 4
    above.length = depth - 1
    above.push(part)
    return methods === ''
      ? []
      : methods
          .split(', ')
          .filter((method) => method !== 'HEAD')
          .map((method) => `${method} ${above.join('')}`)
  })
}
