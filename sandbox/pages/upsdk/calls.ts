import { coded, errorForPage } from './errors.ts'
import { methods, type Method } from './methods.ts'
import type { Native } from './native.ts'

/** Object.fromEntries, which web views before Chrome 73 do not have. */
function recordOf<Value>(pairs: (readonly [string, Value])[]): Record<string, Value> {
  const record: Record<string, Value> = {}
  for (const [name, value] of pairs) record[name] = value
  return record
}

type Options = Record<string, unknown> & {
  success?: (value?: unknown) => void
  fail?: (reason: unknown) => void
  cancel?: (reason: unknown) => void
}
export type CallPort = { native: Native | null; admitted: boolean }

/** Function values never reach native. */
function withoutFunctions(options: unknown): unknown {
  if (typeof options !== 'object' || options === null) return options
  return recordOf(Object.entries(options).filter(([, value]) => typeof value !== 'function'))
}

function callbacksOf(options: unknown): Options {
  return typeof options === 'object' && options !== null ? (options as Options) : {}
}

/** Passes a failure to `fail`, or to `cancel` only when `fail` is absent. */
function failTo(options: Options): (reason: unknown) => void {
  return (reason) => (options.fail ?? options.cancel)?.(reason)
}

/** One method of window.upsdk: no return value, no promise, no deadline. */
export function methodOf(
  name: string,
  method: Method,
  port: () => CallPort,
): (options?: unknown) => void {
  const [plugin = '', action = ''] = method.native.split('.')
  return (given) => {
    const { native, admitted } = port()
    if (native === null) return // before the bridge is loaded, and outside the wallet: no callback
    const options = callbacksOf(given)
    const fail = failTo(options)
    if (!admitted) return fail(coded.c05)
    const plain = withoutFunctions(given) ?? {}
    const missing = method.missing?.(plain as Record<string, unknown>) ?? null
    if (missing !== null) return fail({ msg: missing })
    native.exec(
      {
        method: name,
        plugin,
        action,
        args: method.args === undefined ? plain : method.args(plain),
      },
      (answer) => {
        if (answer.kind !== 'success') return fail(errorForPage(name, answer))
        const value =
          method.answer === undefined
            ? answer.payload
            : method.answer(answer.payload, native.platform)
        if (method.mute !== true) options.success?.(value)
      },
    )
  }
}

/** All ordinary methods; without `port` they are the empty stubs of an unknown user agent. */
export function allMethods(port: () => CallPort): Record<string, (options?: unknown) => void> {
  return recordOf(
    Object.entries(methods).map(([name, method]) => [name, methodOf(name, method, port)]),
  )
}
