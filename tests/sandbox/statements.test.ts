import { inflateSync } from 'node:zlib'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startGatewayWorld } from '../support/gateway-world.ts'

const world = await startGatewayWorld()
beforeAll(() => world.begin())
beforeEach(() => world.begin())
afterAll(() => world.sandbox.stop())

const hour_ms = 3_600_000
const dayOf = (instant_ms: number): string =>
  new Date(instant_ms + 9 * hour_ms).toISOString().slice(0, 10)

async function now(): Promise<number> {
  return Date.parse((await world.control.state()).clock.now)
}

const fetchDay = async (day: string) => world.merchant.statement(day.slice(5).replace('-', ''))

/** The files of an answer, split into lines of bytes. */
function filesOf(content: string): Record<string, Buffer[]> {
  const files = unzipSync(inflateSync(Buffer.from(content, 'base64')))
  return Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => {
      const text = Buffer.from(bytes)
      const lines: Buffer[] = []
      for (let at = 0; at < text.length;) {
        const end = text.indexOf('\r\n', at)
        lines.push(text.subarray(at, end))
        at = end + 2
      }
      return [name, lines]
    }),
  )
}

describe('文件传输', () => {
  test('answers 98 until nine of the morning after the clearing day, then a zip of fixed columns', async () => {
    const sent = await world.merchant.charge(world.contract_id, 350)
    await world.settled(sent)
    const began = await now()
    const day = dayOf(began)
    expect((await fetchDay(day)).answer.respCode).toBe('98')
    await world.control.advance(Date.parse(`${day}T09:00:00+08:00`) + 24 * hour_ms - began)
    const { answer: fields } = await fetchDay(day)
    expect(fields.respCode).toBe('00')
    const files = filesOf(fields.fileContent ?? '')
    const stem = `INN${day.slice(2).replaceAll('-', '')}88`
    expect(Object.keys(files).slice(0, 2)).toEqual([
      `${stem}ZM_${fields.merId}`,
      `${stem}ZME_${fields.merId}`,
    ])
    const [line] = files[`${stem}ZM_${fields.merId}`] ?? []
    expect(line?.length).toBe(607)
    const cut = (offset: number, length: number): string =>
      line?.subarray(offset, offset + length).toString('latin1') ?? ''
    expect([
      cut(66, 12),
      cut(112, 32).trim(),
      cut(166, 13),
      cut(180, 13),
      cut(215, 2),
      cut(293, 15),
    ]).toEqual([
      '000000000350',
      sent.fields.orderId,
      'D000000000001',
      'C000000000349',
      '01',
      fields.merId,
    ])
    expect(cut(360, 13)).toBe(' 000000000000')
    const summary = Object.entries(files).find(([name]) => name.startsWith('RD2010'))?.[1] ?? []
    expect(new TextDecoder('gbk').decode(summary[0])).toBe(`商户 ${fields.merId}`)
  })

  test('gives the same bytes for the same day; an injected break gives another file', async () => {
    const sent = await world.merchant.charge(world.contract_id, 350)
    await world.settled(sent)
    const day = dayOf(await now())
    await world.control.advance(48 * hour_ms)
    const [one, two] = [await fetchDay(day), await fetchDay(day)]
    expect(one.answer.fileContent).toBe(two.answer.fileContent)
    const answer = await fetch(`${world.sandbox.url}/_control/statements/plants`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'duplicate', order_id: sent.fields.orderId }),
    })
    expect(answer.status).toBe(200)
    expect((await fetchDay(day)).answer.fileContent).not.toBe(one.answer.fileContent)
  })

  test('refuses an invalid day and an unknown fileType', async () => {
    expect((await world.merchant.statement('1301')).answer.respCode).toBe('10')
    expect((await world.merchant.statement('1122', { fileType: '01' })).answer.respCode).toBe('10')
  })
})
