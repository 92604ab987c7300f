import { deflateSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { beijingDay } from '../gateway/clearing-day.ts'
import type { Parts } from '../parts.ts'
import { dayLines } from './day-lines.ts'
import { gbk } from './layout.ts'
import type { Plant } from './plants.ts'
import { writeZm, writeZme } from './line.ts'

export type StatementFile = { file_name: string; zip: Buffer }

const day_ms = 86_400_000
const crlf = Buffer.from('\r\n')
const textOf = (lines: readonly Buffer[]): Buffer =>
  Buffer.concat(lines.flatMap((line) => [line, crlf]))

/** The newest clearing day with this MMDD, ended or not: files carry no year. */
export function dayCalled(month_day: string, now_ms: number): string {
  const year = Number(beijingDay(now_ms + day_ms).slice(0, 4))
  const day = `${month_day.slice(0, 2)}-${month_day.slice(2)}`
  return `${year}-${day}` <= beijingDay(now_ms + day_ms) ? `${year}-${day}` : `${year - 1}-${day}`
}

/**
 * The file of a clearing day is available from `statement_at` of the next morning (acp-gateway
 * §7.2).
 */
export function isAvailable(parts: Parts, day: string): boolean {
  const { statement_at } = parts.switches.read()
  return parts.clock.nowMs() >= Date.parse(`${day}T${statement_at}:00+08:00`) + day_ms
}

/**
 * A merchant's statement with the injected breaks, or null while it is not available. The same
 * state gives the same bytes.
 */
export function writeStatement(parts: Parts, merchant: string, day: string): StatementFile | null {
  const plants = parts.plants.of(merchant, day)
  const kinds = plants.map(({ kind }) => kind)
  if (kinds.includes('late') || !isAvailable(parts, day)) return null
  const { zm, zme } = kinds.includes('empty')
    ? { zm: [], zme: [] }
    : dayLines(parts, merchant, day, plants)
  const yymmdd = day.slice(2).replaceAll('-', '')
  const net_fen = zm.reduce(
    (sum, line) => sum + (line.kind === 'charge' ? line.amount_fen : -line.amount_fen),
    0,
  )
  const named = (name: string): string => (kinds.includes('lower_case') ? name.toLowerCase() : name)
  const files = {
    [named(`INN${yymmdd}88ZM_${merchant}`)]: onItsWay(zm.map(writeZm), kinds),
    [named(`INN${yymmdd}88ZME_${merchant}`)]: kinds.includes('zme_garbage')
      ? gbk('<html>系统维护</html>\r\n')
      : onItsWay(zme.map(writeZme), kinds),
    [`RD2010${yymmdd}_${merchant}`]: gbk(
      `商户 ${merchant}\r\n清算日 ${day}\r\n笔数 ${zm.length}\r\n净额 ${net_fen} 分\r\n`,
    ),
  }
  const zip = Buffer.from(zipSync(files, { mtime: `${day}T08:00:00` }))
  return {
    file_name: `${merchant}_${day.replaceAll('-', '')}.zip`,
    zip: kinds.includes('garbage') ? zip.subarray(0, zip.length >> 1) : zip,
  }
}

/**
 * The lines as they arrive: `malformed` removes the end of the last one; the other breaks remove no
 * content.
 */
function onItsWay(lines: readonly Buffer[], kinds: readonly Plant['kind'][]): Buffer {
  const trimmed = kinds.includes('trimmed')
    ? lines.map((line) => Buffer.from(line.toString('latin1').trimEnd(), 'latin1'))
    : lines
  const whole = textOf(trimmed)
  return Buffer.concat([
    ...(kinds.includes('bom') ? [Buffer.from('efbbbf', 'hex')] : []),
    ...(kinds.includes('malformed') ? [whole.subarray(0, -400), crlf] : [whole]),
    ...(kinds.includes('end_mark') ? [Buffer.from(' \r\n\x1a')] : []),
  ])
}

/** fileContent: Base64 of a zlib stream whose bytes are the zip. */
export const packContent = (zip: Buffer): string => deflateSync(zip).toString('base64')
