/** Readable presets over /_control/rules. */
export type FaultEffect = { kind: string; resp?: string; ms?: number; status?: number }
export type FaultPreset = { name: string; effect: FaultEffect }

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
  { name: '做了，但不应答', effect: { kind: 'timeout_after' } },
  { name: '没做，也不应答', effect: { kind: 'timeout_before' } },
  { name: '做了，断开连接', effect: { kind: 'reset_after' } },
  { name: '没做，断开连接', effect: { kind: 'reset_before' } },
  { name: '慢 5 秒', effect: { kind: 'delay', ms: 5000 } },
  { name: 'a40 已经签约', effect: { kind: 'resp', resp: 'a40' } },
  { name: 'a31 code 无效', effect: { kind: 'resp', resp: 'a31' } },
  { name: 'a10 令牌失效', effect: { kind: 'resp', resp: 'a10' } },
  { name: '3023 用户不存在', effect: { kind: 'resp', resp: '3023' } },
  { name: 'SG99 系统错误', effect: { kind: 'resp', resp: 'SG99' } },
  { name: '502 网页', effect: { kind: 'html', status: 502 } },
  { name: '半截 JSON', effect: { kind: 'garbage' } },
  { name: '空应答', effect: { kind: 'empty' } },
  { name: '404 未开通', effect: { kind: 'not_found' } },
]

/** The words of a rule for people; unknown effects show as they are. */
export function effectName(effect: FaultEffect): string {
  const same = faultPresets.find((preset) => preset.effect.kind === effect.kind && preset.effect.resp === effect.resp)
  if (same !== undefined) return effect.kind === 'delay' ? `慢 ${(effect.ms ?? 0) / 1000} 秒` : same.name
  return effect.kind === 'resp' ? `应答 ${effect.resp ?? ''}` : effect.kind
}

export const interfaceName = (name: string) => interfaces.find((one) => one.name === name)?.text ?? name
