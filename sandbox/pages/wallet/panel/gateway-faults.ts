import { t } from '../../shared/language.ts'
import type { GatewayEffect } from '../gateway-state.ts'

export type GatewayPreset = { zh: string; en: string; effect: GatewayEffect }

/**
 * Readable presets over /_control/gateway/rules: first the outcomes of a charge, then the faults.
 */
export const gatewayPresets: readonly GatewayPreset[] = [
  { zh: '成功', en: 'Succeeds', effect: { kind: 'outcome', outcome: '00', resp: '00' } },
  {
    zh: '64 余额不足',
    en: '64 insufficient funds',
    effect: { kind: 'outcome', outcome: '64', resp: '64' },
  },
  { zh: '01 交易失败', en: '01 fails', effect: { kind: 'outcome', outcome: '01', resp: '01' } },
  {
    zh: 'A6 有缺陷的成功',
    en: 'A6 defective success',
    effect: { kind: 'outcome', outcome: 'A6', resp: 'A6' },
  },
  {
    zh: '拒绝：33 金额超限',
    en: 'Refuses: 33 over the limit',
    effect: { kind: 'resp', resp: '33' },
  },
  {
    zh: '拒绝：89 Token 不存在',
    en: 'Refuses: 89 no such token',
    effect: { kind: 'resp', resp: '89' },
  },
  {
    zh: '成功，一分钟后又说失败',
    en: 'Succeeds, a minute later says failed',
    effect: { kind: 'plain', late_failure: { after_ms: 60_000, resp: '01' } },
  },
  { zh: '不应答，没有记账', en: 'Silence, nothing booked', effect: { kind: 'timeout_before' } },
  { zh: '不应答，已记账', en: 'Silence, but booked', effect: { kind: 'timeout_after' } },
  { zh: '断开连接，已记账', en: 'Connection cut, but booked', effect: { kind: 'reset_after' } },
  {
    zh: '断开连接，没有记账',
    en: 'Connection cut, nothing booked',
    effect: { kind: 'reset_before' },
  },
  { zh: '半截应答', en: 'Half an answer', effect: { kind: 'garbage' } },
  { zh: '502 网页', en: 'A 502 page', effect: { kind: 'html' } },
  { zh: '签名错误', en: 'Wrong signature', effect: { kind: 'wrong_signature' } },
  { zh: '别人的证书', en: 'Foreign certificate', effect: { kind: 'foreign_certificate' } },
  { zh: '慢 5 秒', en: '5 seconds slow', effect: { kind: 'delay', ms: 5_000 } },
  {
    zh: '通知先于应答',
    en: 'Notification before the answer',
    effect: { kind: 'plain', notice: 'before_answer' },
  },
  { zh: '通知两次', en: 'Notifies twice', effect: { kind: 'plain', notice: 'twice' } },
  { zh: '不通知', en: 'Never notifies', effect: { kind: 'plain', notice: 'never' } },
]

const canonical = (effect: GatewayEffect) =>
  JSON.stringify(Object.entries(effect).sort(([one], [other]) => (one < other ? -1 : 1)))

/** An effect as readable text; unknown ones are shown by their name. */
export function gatewayEffectName(effect: GatewayEffect): string {
  const preset = gatewayPresets.find((one) => canonical(one.effect) === canonical(effect))
  return preset
    ? t(preset.zh, preset.en)
    : [effect.kind, effect.resp, effect.outcome].filter(Boolean).join(' ')
}
