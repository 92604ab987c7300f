import { readFileSync } from 'node:fs'
import Ajv from 'ajv'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerOf, createClient, RefusedByServer } from '../../client/client.ts'
import { writeTypes } from '../../client/write-types.ts'
import { verbs } from '../../server/key-guard.ts'
import type { Json } from '../../server/published/hoist-shapes.ts'
import type { OpenApi, Operation } from '../../server/published/openapi.ts'
import { orderNo, startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import { route_table } from '../support/route-table.ts'
import { plan } from '../support/world.ts'

let world: ChargingWorld
let served: OpenApi
beforeAll(async () => {
  world = await startChargingWorld()
  served = (await (await fetch(`${world.url}/v1/openapi.json`)).json()) as OpenApi
})
afterAll(() => world.stop())

const file = (name: string): string =>
  readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')
const operations = (): [string, Operation][] =>
  Object.entries(served.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, one]) => [`${method} ${path}`, one] as [string, Operation],
    ),
  )

describe('the published document', () => {
  test('is what a running server serves; so are llms.txt and the client: `npx wugan openapi` writes them', async () => {
    expect(JSON.parse(file('docs/openapi.json'))).toEqual(served)
    expect(await (await fetch(`${world.url}/llms.txt`)).text()).toBe(file('llms.txt'))
    expect(await writeTypes(served)).toBe(file('client/schema.ts'))
  })

  test('describes every operation with effect, input, answers and refusals, and every field', () => {
    const gaps = operations().flatMap(([name, one]) => [
      ...(one.operationId && one.summary && one.description && one.tags.length === 1
        ? []
        : [`${name}: words`]),
      ...(name.includes(' /v1/') &&
      !['400', '401', '403', '429', '500', '503'].every((status) => status in one.responses)
        ? [`${name}: refusals`]
        : []),
      ...Object.entries(one.responses)
        .filter(
          ([, { description, content }]) =>
            !description || description === 'Default Response' || !content,
        )
        .map(([status]) => `${name}: answer ${status}`),
      ...(Object.keys(one.responses).some((status) => status.startsWith('2'))
        ? []
        : [`${name}: no success`]),
      ...(one.parameters ?? [])
        .filter(({ description, example }) => !description || example === undefined)
        .map((parameter) => `${name}: parameter ${parameter.name}`),
      ...fieldGaps(
        `${name} body`,
        one.requestBody?.content['application/json']?.schema ?? {},
        true,
      ),
    ])
    const shapes = Object.entries(served.components.schemas).flatMap(([name, schema]) =>
      fieldGaps(name, schema, false),
    )
    expect([...gaps, ...shapes]).toEqual([])
    expect(operations().length).toBeGreaterThan(25)
    expect(new Set(operations().map(([, { operationId }]) => operationId)).size).toBe(
      operations().length,
    )
  })
})

function fieldGaps(name: string, schema: Json, with_example: boolean): string[] {
  return Object.entries((schema['properties'] ?? {}) as Record<string, Json>)
    .filter(
      ([, part]) => !part['$ref'] && (!part['description'] || (with_example && !part['examples'])),
    )
    .map(([field]) => `${name}.${field}`)
}

/** The schema of the document as a validator that accepts no unlisted field. */
function validator(name: string): (value: unknown) => string[] {
  const ajv = new Ajv.default({ strict: false, allErrors: true })
  addFormats.default(ajv)
  const closed = JSON.parse(JSON.stringify(served.components), (_key, part: unknown) =>
    typeof part === 'object' && part !== null && 'properties' in part
      ? { ...part, additionalProperties: false }
      : part,
  ) as Json
  const check = ajv.compile({
    $id: 'all',
    components: closed,
    $ref: `#/components/schemas/${name}`,
  })
  return (value) =>
    check(value)
      ? []
      : (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

describe('the typed client', () => {
  test('charges, reads, lists and refunds; each answer has the published shape', async () => {
    const client = createClient({
      url: world.url,
      key: await world.key(['read', 'charge', 'refund', 'terminate']),
    })
    const { contract } = await world.signed(plan.vending)
    const body = {
      contract,
      merchant_order_no: orderNo(),
      amount_fen: 350,
      description: '乌龙茶',
      merchant_no: '898310148160568',
    }
    const charge = await answerOf(
      client.POST('/v1/charges', { params: { header: { 'idempotency-key': orderNo() } }, body }),
    )
    const settled = await world.merchant.settled(charge.order_id)
    const refund = await answerOf(
      client.POST('/v1/charges/{order_id}/refunds', {
        params: { path: { order_id: charge.order_id }, header: { 'idempotency-key': orderNo() } },
        body: { description: '退货', amount_fen: 100 },
      }),
    )
    const found: [string, unknown][] = [
      ['Charge', charge],
      ['ChargeDetail', settled],
      ['Refund', refund],
      [
        'Refund',
        await answerOf(
          client.GET('/v1/refunds/{order_id}', { params: { path: { order_id: refund.order_id } } }),
        ),
      ],
      [
        'RefundPage',
        await answerOf(
          client.GET('/v1/refunds', { params: { query: { charge: charge.order_id } } }),
        ),
      ],
      [
        'ChargePage',
        await answerOf(
          client.GET('/v1/charges', {
            params: {
              query: {
                contract,
                plan_id: plan.vending,
                merchant_no: body.merchant_no,
                state: 'succeeded',
                needs_review: 'false',
              },
            },
          }),
        ),
      ],
      [
        'ContractPage',
        await answerOf(
          client.GET('/v1/contracts', {
            params: { query: { user_id: settled.user_id, plan_id: plan.vending } },
          }),
        ),
      ],
      [
        'ContractDetail',
        await answerOf(client.GET('/v1/contracts/{id}', { params: { path: { id: contract } } })),
      ],
      ['PlanList', await answerOf(client.GET('/v1/plans'))],
      [
        'ContractDetail',
        await answerOf(
          client.POST('/v1/contracts/{id}/terminate', { params: { path: { id: contract } } }),
        ),
      ],
    ]
    for (const [name, value] of found)
      expect({ name, problems: validator(name)(value) }).toEqual({ name, problems: [] })
    const pages = Object.fromEntries(found) as {
      RefundPage: { refunds: unknown[] }
      ChargePage: { charges: unknown[] }
      ContractPage: { contracts: unknown[] }
    }
    expect([
      pages.RefundPage.refunds.length,
      pages.ChargePage.charges.length,
      pages.ContractPage.contracts.length,
    ]).toEqual([1, 1, 1])
  })

  test('throws a refusal with its code and remedy', async () => {
    const client = createClient({ url: world.url, key: await world.key(['read']) })
    const refused = await answerOf(
      client.GET('/v1/charges/{order_id}', { params: { path: { order_id: '0'.repeat(26) } } }),
    ).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(RefusedByServer)
    expect((refused as RefusedByServer).code).toBe('not_found')
    expect(validator('Error')((refused as RefusedByServer).answer)).toEqual([])
  })

  test('walks a list to its end by cursor, without a gap and without a repeat', async () => {
    const client = createClient({ url: world.url, key: await world.key(['read']) })
    const { contract, want } = await world.signed(plan.vending)
    const made: string[] = []
    for (let index = 0; index < 5; index += 1)
      made.push((await world.merchant.charge(want(100 + index))).order_id)
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: { charges: { order_id: string }[]; next_cursor: string | null } = await answerOf(
        client.GET('/v1/charges', {
          params: { query: { contract, limit: '2', ...(cursor === null ? {} : { cursor }) } },
        }),
      )
      seen.push(...page.charges.map(({ order_id }) => order_id))
      cursor = page.next_cursor
    } while (cursor !== null)
    expect(seen).toEqual(made.toReversed())
  })
})

test('every answer under /v1 says how many requests are left', async () => {
  const { headers } = await fetch(`${world.url}/v1/charges`)
  expect(
    ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'].map((name) =>
      /^\d+$/.test(headers.get(name) ?? ''),
    ),
  ).toEqual([true, true, true])
})

test('the page for people has every operation, the table of every code, and a script and a style from here only', async () => {
  const page = await (await fetch(`${world.url}/docs`)).text()
  const targets = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, target = '']) => target)
  expect(targets.filter((target) => !target.startsWith('/docs/static/'))).toEqual([])
  for (const target of targets) {
    const { status } = await fetch(`${world.url}${target}`)
    expect([target, status]).toEqual([target, 200])
  }
  const shown = (await (await fetch(`${world.url}/docs/json`)).json()) as OpenApi & {
    info: { description: string }
  }
  expect({ ...shown, info: { ...shown.info, description: served.info.description } }).toEqual(
    served,
  )
  for (const { code, status } of served['x-error-codes'])
    expect(shown.info.description).toContain(`| \`${code}\` | ${status} |`)
})

test('every operation refuses an unknown query parameter: a misspelt filter lists nothing', async () => {
  const headers = {
    authorization: `Bearer ${await world.key([...verbs])}`,
    'content-type': 'application/json',
    'idempotency-key': 'misspelt',
  }
  for (const { method, path, body } of route_table.filter(({ access }) => access === 'key')) {
    const answer = await fetch(
      `${world.url}${path.replaceAll(/:\w+/g, '0'.repeat(26))}?stat=succeeded`,
      { method, headers, body: method === 'GET' ? null : JSON.stringify(body ?? {}) },
    )
    expect([method, path, answer.status, ((await answer.json()) as { code: string }).code]).toEqual(
      [method, path, 400, 'bad_request'],
    )
  }
})

test('every operation refuses an unknown body field, also where it takes no body: an unknown dry run ends no contract', async () => {
  const { contract } = await world.signed(plan.vending)
  const headers = {
    authorization: `Bearer ${await world.key([...verbs])}`,
    'content-type': 'application/json',
    'idempotency-key': 'misspelt',
  }
  for (const { method, path, body } of route_table.filter(
    ({ access, method: verb }) => access === 'key' && verb !== 'GET',
  )) {
    const address = path.includes('/contracts/')
      ? path.replace(':id', contract)
      : path.replaceAll(/:\w+/g, '0'.repeat(26))
    const answer = await fetch(`${world.url}${address}`, {
      method,
      headers,
      body: JSON.stringify({ ...body, dry_rum: true }),
    })
    expect([method, path, answer.status, await answer.json()]).toMatchObject([
      method,
      path,
      400,
      { code: 'bad_request', fields: [{ path: 'dry_rum', problem: 'unknown field' }] },
    ])
  }
  expect(
    (await world.merchant.call<{ state: string }>('GET', `/v1/contracts/${contract}`)).view.state,
  ).toBe('active')
})
