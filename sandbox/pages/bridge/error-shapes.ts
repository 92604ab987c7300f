import type { BridgeAnswer } from './messages.ts'
import type { ErrorShape } from './rules.ts'

/**
 * The native error that reaches the page in the wanted shape (h5-bridge §4.2). The script itself
 * turns a native text into {msg}, so {msg} and JSON inside msg start as text here; only `plain`
 * passes unchanged.
 */
export function nativeError(
  id: number,
  shape: ErrorShape,
  text = '用户取消或操作失败',
): BridgeAnswer {
  switch (shape) {
    case 'errcode':
      return { id, kind: 'fail', payload: { errcode: 'c99', errmsg: text } }
    case 'msg':
      return { id, kind: 'fail', payload: text }
    case 'msg_json':
      return { id, kind: 'fail', payload: JSON.stringify({ code: '04', desc: text }) }
    case 'code':
      return { id, kind: 'fail', payload: { code: '04', msg: text } }
    case 'string':
      return { id, kind: 'plain', payload: text }
  }
}
