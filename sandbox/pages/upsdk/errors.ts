import type { BridgeAnswer } from '../bridge/messages.ts'

export type CodedError = { errcode: string; errmsg: string }

/** The script's own errors (h5-bridge §4.2). */
export const coded = {
  c00: { errcode: 'c00', errmsg: '参数错误' },
  c02: { errcode: 'c02', errmsg: '非法访问' },
  c03: { errcode: 'c03', errmsg: '插件方法不存在' },
  c04: { errcode: 'c04', errmsg: '插件未实现' },
  c05: { errcode: 'c05', errmsg: '请在config成功后调用' },
} as const satisfies Record<string, CodedError>

/**
 * What a page's fail callback receives. A cordova status replaces the native error; a native text
 * becomes {msg}; for pay a native {code, desc} loses its code.
 */
export function errorForPage(method: string, answer: BridgeAnswer): unknown {
  if (answer.kind === 'invalid_action') return coded.c03
  if (answer.kind === 'no_class') return coded.c04
  if (answer.kind === 'illegal_access') return coded.c02
  if (answer.kind === 'plain') return answer.payload
  if (typeof answer.payload === 'string') return { msg: answer.payload }
  if (method === 'pay' && typeof answer.payload === 'object' && answer.payload !== null) {
    const { desc, msg } = answer.payload as { desc?: string; msg?: string }
    return { msg: desc ?? msg ?? '' }
  }
  return answer.payload
}
