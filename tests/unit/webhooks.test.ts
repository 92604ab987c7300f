import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { isPublic, problemOfUrl, publicLookup } from '../../server/webhooks/address.ts'
import { secretsOf, gapAfter, gaps_s } from '../../server/webhooks/deliver.ts'
import { typesOf, type HistoryRow } from '../../server/webhooks/event.ts'
import { createPoster } from '../../server/webhooks/post.ts'
import { newSecret, signedHeaders } from '../../server/webhooks/sign.ts'
import { systemRandom } from '../../server/kernel/ids.ts'

describe('the event of a history row', () => {
  const row = (more: Partial<HistoryRow>): HistoryRow => ({
    source: 'order',
    source_seq: 1,
    subject: 'X',
    plan_id: null,
    what: 'charge',
    from_state: 'pending',
    to_state: 'succeeded',
    by: 'notification',
    reason: null,
    occurred_at: new Date(0),
    ...more,
  })

  test.for([
    [{}, ['charge.succeeded']],
    [{ to_state: 'failed', reason: 'declined' }, ['charge.failed']],
    [{ what: 'refund' }, ['refund.succeeded']],
    [{ reason: 'succeeded_with_defect' }, ['charge.succeeded', 'charge.needs_review']],
    [{ from_state: 'succeeded', reason: 'failed_after_success' }, ['charge.needs_review']],
    [{ to_state: 'pending', by: 'job', reason: 'unexplained' }, ['charge.needs_review']],
    [
      { from_state: 'succeeded', by: 'operator', reason: 'decided_by_operator' },
      ['charge.succeeded'],
    ],
    [{ what: 'contract', from_state: 'applying', to_state: 'active' }, ['contract.activated']],
    [{ what: 'contract', from_state: 'terminating', to_state: 'active' }, []],
    [{ what: 'contract', from_state: 'active', to_state: 'terminated' }, ['contract.terminated']],
    [{ what: 'break', from_state: null, to_state: 'open' }, ['reconciliation.break']],
  ] as [Partial<HistoryRow>, string[]][])('%j', ([more, types]) =>
    expect(typesOf(row(more))).toEqual(types),
  )
})

describe('the signature', () => {
  test('equals the one of the specification’s own example', () => {
    const headers = signedHeaders(
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      new Date(1_614_265_330_000),
      '{"test": 2432232314}',
      ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    )
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  })

  test('is made with the old secret of a rotation too, until its day is over', () => {
    const until = new Date('2026-11-22T04:00:00Z')
    const secretsAt = (now_ms: number): string[] =>
      secretsOf(
        {
          cipher: { open: (sealed: string) => `opened ${sealed}` },
          real_clock: { now: () => new Date(now_ms) },
        } as never,
        { secret_sealed: 'new', previous_sealed: 'old', previous_until: until } as never,
      )
    expect(secretsAt(until.getTime() - 1)).toEqual(['opened new', 'opened old'])
    expect(secretsAt(until.getTime())).toEqual(['opened new'])
  })

  test('verifies with the published library by either secret of a rotation, and not after a change', () => {
    const [fresh, old] = [newSecret(systemRandom), newSecret(systemRandom)]
    const body = '{"type":"charge.succeeded","note":"乌龙茶"}'
    const headers = signedHeaders('01KBN2V7Q4TZ8M3RXJ5W9GYHC6', new Date(), body, [fresh, old])
    for (const secret of [fresh, old])
      expect(new Webhook(secret).verify(body, headers)).toMatchObject({ note: '乌龙茶' })
    expect(() => new Webhook(newSecret(systemRandom)).verify(body, headers)).toThrow(
      'No matching signature',
    )
    expect(() => new Webhook(fresh).verify(body.replace('茶', '水'), headers)).toThrow(
      'No matching signature',
    )
  })
})

describe('internal addresses', () => {
  test.for([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '168.63.129.16',
    '::ffff:168.63.129.16',
    '100.100.100.200',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fc00::1',
    'fe80::1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    '2001:db8::1',
    'no address',
  ])('%s is refused', (address) => expect(isPublic(address)).toBe(false))
  test.for(['8.8.8.8', '101.226.4.6', '172.32.0.1', '2400:3200::1'])('%s is public', (address) =>
    expect(isPublic(address)).toBe(true),
  )

  test.for([
    ['http://shop.example/', 'must begin with https://'],
    ['https://10.0.0.1/x', 'inside'],
    ['https://[::1]/', 'inside'],
    ['https://2130706433/', 'inside'],
    ['https://u:p@shop.example/', 'user name'],
    ['ftp://shop.example/', 'no http(s)'],
    ['nonsense', 'no http(s)'],
  ] as const)('%s is no endpoint in production', ([url, why]) =>
    expect(problemOfUrl(url, false)).toContain(why),
  )
  test('a public https address is accepted, and anything of http where private ones are allowed', () => {
    expect(problemOfUrl('https://shop.example/webhooks?x=1', false)).toBeNull()
    expect(problemOfUrl('http://localhost:4601/x', true)).toBeNull()
  })

  test('a name that points inside is refused when it is resolved, and at the connection', async () => {
    const code = await new Promise((resolve) =>
      publicLookup('localhost', { all: true }, (error) => resolve(error?.code)),
    )
    expect(code).toBe('ADDRESS_INSIDE')
    const poster = createPoster(false)
    expect([
      (await poster.post('https://localhost/', {}, '{}')).problem,
      (await poster.post('https://127.0.0.1/', {}, '{}')).problem,
    ]).toEqual(['inside_address', 'inside_address'])
    await poster.close()
  })
})

test('gaps grow to a day and end after three days', () => {
  const gaps = gaps_s.map((_, index) => gapAfter(index + 1, 0))
  expect(gaps.every((gap, index) => index === 0 || (gap ?? 0) >= (gaps[index - 1] ?? 0))).toBe(true)
  expect(gaps.reduce<number>((sum, gap) => sum + (gap ?? 0), 0) / 86_400).toBeCloseTo(2.94, 1)
  expect(gapAfter(gaps.length + 1, 0)).toBeNull()
  expect(gapAfter(1, 1)).toBe(5.5)
})
