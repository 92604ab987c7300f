import { coded, errorForPage } from './errors.ts'
import type { Native } from './native.ts'

type ConfigFields = Record<string, unknown>
const required = ['appId', 'timestamp', 'nonceStr', 'signature'] as const

/** {msg} of the script's local checks, or c00, or null when config may be sent. */
function localProblem(fields: unknown): unknown {
  if (typeof fields !== 'object' || fields === null) return coded.c00
  const given = fields as ConfigFields
  const missing = required.find((name) => !given[name])
  if (missing !== undefined) return { msg: `config缺少参数${missing}` }
  if (given['url'] !== undefined && given['url'] !== location.href.split('#')[0])
    return { msg: 'config参数url与当前页面不一致' }
  return null
}

/** `params` may wrap it, and on Android all of it may be text (h5-bridge §3.2). */
function apiList(payload: unknown): unknown[] {
  const read = typeof payload === 'string' ? (JSON.parse(payload) as unknown) : payload
  const outer = (read ?? {}) as { jsApiList?: unknown; params?: { jsApiList?: unknown } }
  const list = outer.params?.jsApiList ?? outer.jsApiList
  return Array.isArray(list) ? list : []
}

/**
 * config, ready, error and pluginReady, with the order of events observed in the protocol document.
 */
export class Admission {
  /** config succeeded, or pluginReady was used: calls go to native */
  admitted = false
  jsApiList: unknown[] = []
  private native: Native | null = null
  private outside = false
  private failure: { reason: unknown } | null = null
  private remembered: ConfigFields | null = null
  private readyCallbacks: (() => void)[] = []
  private pluginCallbacks: (() => void)[] = []
  private errorCallback: ((reason: unknown) => void) | null = null
  private readonly onAdmitted: () => void

  constructor(onAdmitted: () => void) {
    this.onAdmitted = onAdmitted
  }

  config = (fields: unknown): void => {
    if (this.outside) return this.runReady()
    const problem = localProblem(fields)
    if (problem !== null) return this.fail(problem)
    if (this.native === null) this.remembered = fields as ConfigFields
    else this.send(fields as ConfigFields)
  }

  /** Several callbacks, never removed: a second config runs them again. */
  ready = (callback: () => void): void => {
    this.readyCallbacks.push(callback)
    if (this.admitted) callback()
  }

  /** One callback; the last one replaces the others. */
  error = (callback: (reason: unknown) => void): void => {
    this.errorCallback = callback
    if (this.failure !== null) callback(this.failure.reason)
  }

  pluginReady = (callback: () => void): void => {
    if (this.outside) return callback()
    if (this.native === null) this.pluginCallbacks.push(callback)
    else {
      this.admit()
      callback()
    }
  }

  bridgeIsReady(native: Native): void {
    this.native = native
    const queue = this.pluginCallbacks.splice(0)
    if (queue.length > 0) this.admit()
    for (const callback of queue) callback()
    if (this.remembered !== null) this.send(this.remembered)
  }

  /** SDK-2021/2022 outside the wallet: calls appear to work and do nothing. */
  weAreOutside(): void {
    this.outside = true
    for (const callback of this.pluginCallbacks.splice(0)) callback()
    if (this.remembered !== null) this.runReady()
  }

  private send(fields: ConfigFields): void {
    const call = {
      method: 'config',
      plugin: 'UPWebSdk',
      action: 'config',
      args: { ...fields, url: fields['url'] ?? location.href.split('#')[0] },
    }
    this.native?.exec(call, (answer) => {
      if (answer.kind !== 'success')
        return this.fail(errorForPage('config', { ...answer, kind: 'plain' }))
      this.jsApiList = apiList(answer.payload)
      this.runReady()
    })
  }

  private admit(): void {
    this.admitted = true
    this.onAdmitted()
  }

  private runReady(): void {
    this.failure = null
    this.admit()
    for (const callback of this.readyCallbacks) callback()
  }

  private fail(reason: unknown): void {
    this.failure = { reason }
    this.errorCallback?.(reason)
  }
}
