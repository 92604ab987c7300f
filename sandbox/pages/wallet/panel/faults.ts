import { language, t } from '../../shared/language.ts'

/** Readable presets over /_control/rules. */
export type FaultEffect = { kind: string; resp?: string; ms?: number; status?: number }
export type FaultPreset = { name: string; english: string; effect: FaultEffect }

export const interfaces: { name: string; text: string }[] = [
  { name: 'contract.apply', text: '申请签约' },
  { name: 'contract.relieve', text: '申请解约' },
  { name: 'contract.info', text: '签约关系查询' },
  { name: 'contract.status', text: '未完成订单' },
  { name: 'token', text: '授权码换 openId' },
  { name: 'backendToken', text: '后端令牌' },
  { name: 'frontToken', text: '前端令牌' },
  { name: '*', text: '所有接口' },
]

export const faultPresets: FaultPreset[] = [
  { name: '做了，但不应答', english: 'done, no answer', effect: { kind: 'timeout_after' } },
  { name: '没做，也不应答', english: 'not done, no answer', effect: { kind: 'timeout_before' } },
  { name: '做了，断开连接', english: 'done, connection cut', effect: { kind: 'reset_after' } },
  { name: '没做，断开连接', english: 'not done, connection cut', effect: { kind: 'reset_before' } },
  { name: '慢 5 秒', english: '5 seconds slow', effect: { kind: 'delay', ms: 5000 } },
  { name: 'a40 已经签约', english: 'a40 already signed', effect: { kind: 'resp', resp: 'a40' } },
  { name: 'a31 code 无效', english: 'a31 invalid code', effect: { kind: 'resp', resp: 'a31' } },
  { name: 'a10 令牌失效', english: 'a10 token dead', effect: { kind: 'resp', resp: 'a10' } },
  { name: '3023 用户不存在', english: '3023 no such user', effect: { kind: 'resp', resp: '3023' } },
  { name: 'SG99 系统错误', english: 'SG99 system error', effect: { kind: 'resp', resp: 'SG99' } },
  { name: '502 网页', english: 'a 502 page', effect: { kind: 'html', status: 502 } },
  { name: '半截 JSON', english: 'half a JSON', effect: { kind: 'garbage' } },
  { name: '空应答', english: 'an empty answer', effect: { kind: 'empty' } },
  { name: '404 未开通', english: '404 not opened', effect: { kind: 'not_found' } },
]

/** A rule as readable text; unknown effects are shown by their name. */
export function effectName(effect: FaultEffect): string {
  const same = faultPresets.find(
    (preset) => preset.effect.kind === effect.kind && preset.effect.resp === effect.resp,
  )
  if (same !== undefined)
    return effect.kind === 'delay'
      ? t(`慢 ${(effect.ms ?? 0) / 1000} 秒`, `${(effect.ms ?? 0) / 1000} s slow`)
      : t(same.name, same.english)
  return effect.kind === 'resp'
    ? t(`应答 ${effect.resp ?? ''}`, `answers ${effect.resp ?? ''}`)
    : effect.kind
}

export const interfaceName = (name: string) =>
  (language.value === 'zh' ? interfaces.find((one) => one.name === name)?.text : undefined) ?? name
