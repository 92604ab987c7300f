import { Type, type Static } from 'typebox'
import { failure } from '../open-platform/answer.ts'
import { digestOf, isInTimeWindow } from '../open-platform/signature.ts'
import type { Parts } from '../parts.ts'
import { jsApiList } from './js-api-list.ts'

const text = Type.Optional(Type.Union([Type.String({ maxLength: 4_096 }), Type.Number()]))
export const BridgeConfigSchema = Type.Object(
  { appId: text, timestamp: text, nonceStr: text, signature: text, url: text },
  { additionalProperties: true },
)
export type BridgeConfig = Static<typeof BridgeConfigSchema>

export type ConfigAnswer =
  | { ok: true; jsApiList: typeof jsApiList }
  | { ok: false; errcode: string; errmsg: string }

/**
 * The wallet's check of upsdk.config: the signature covers appId, frontToken, nonceStr, timestamp
 * and url, without the secret (open platform §4), and uses the frontToken that is currently valid.
 */
export function checkConfig(parts: Parts, config: BridgeConfig): ConfigAnswer {
  const refuse = (code: string, message: string): ConfigAnswer => ({
    ok: false,
    errcode: code,
    errmsg: failure(code, message).msg,
  })
  const [appId, timestamp, nonceStr, signature, url] = [
    config.appId,
    config.timestamp,
    config.nonceStr,
    config.signature,
    config.url,
  ].map((value) => String(value ?? '')) as [string, string, string, string, string]
  const missing = (
    [
      ['appId', appId, 'N62100'],
      ['timestamp', timestamp, 'N62108'],
      ['nonceStr', nonceStr, 'N62107'],
      ['signature', signature, 'N62104'],
      ['url', url, 'N62111'],
    ] as const
  ).find(([, value]) => value === '')
  if (missing) return refuse(missing[2], `${missing[0]} 不能为空`)
  if (appId !== parts.settings.app_id) return refuse('N62126', 'appId 不存在')
  if (!URL.canParse(url) || !parts.settings.app_domains.includes(new URL(url).host))
    return refuse('BC0024', '非法请求：域名不安全')
  if (!isInTimeWindow(timestamp, parts.clock.nowMs()))
    return refuse('BC0024', '非法请求：timestamp 与北京时间相差超过 5 分钟')
  const frontToken = parts.tokens.current('frontToken')
  if (!frontToken) return refuse('a20', 'frontToken 错误或已过期')
  if (
    signature !== digestOf({ appId, frontToken, nonceStr, timestamp, url: url.split('#')[0] ?? '' })
  )
    return refuse('N60025', 'signature 验签失败')
  return { ok: true, jsApiList }
}
