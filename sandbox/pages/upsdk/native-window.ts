import type { Platform } from '../bridge/messages.ts'
import { answerCall, type Device } from '../bridge/native-answers.ts'
import { loadTime, ruleOf, rulesFrom, type BridgeRules } from '../bridge/rules.ts'
import { drawToast } from './toast.ts'
import { fireOnDocument, type Native } from './native.ts'

async function ask(origin: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const sent: RequestInit =
    body === undefined
      ? {}
      : {
          method: 'POST',
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        }
  const response = await fetch(origin + path, { ...sent, credentials: 'include' })
  return (await response.json()) as Record<string, unknown>
}

function deviceOfWindow(origin: string, platform: Platform): Device {
  return {
    platform,
    admitted: false,
    openWindow(url, _title, finish) {
      window.open(url)
      if (finish) window.close()
    },
    closeWindow: () => window.close(),
    setTitle: (title) => {
      document.title = title
    },
    setRightButton: () => undefined,
    toast: drawToast,
    checkConfig: async (fields) =>
      (await ask(origin, '/_pages/bridge/config', fields)) as { ok: boolean },
    authorizationCode: async () =>
      String((await ask(origin, '/_pages/bridge/applet-auth', {}))['code']),
  }
}

/**
 * A top-level window with the wallet's user agent answers itself, by the same rules: createWebView
 * is window.open, closeWebApp is window.close. Its page must allow the script's origin in
 * connect-src.
 */
export async function nativeOfWindow(origin: string, platform: Platform): Promise<Native> {
  const device = deviceOfWindow(origin, platform)
  let rules: BridgeRules = {}
  let applet_auth: unknown
  try {
    const answer = await ask(origin, '/_control/bridge')
    rules = rulesFrom(answer)
    applet_auth = answer['applet_auth']
    device.admitted = answer['admission'] !== undefined && answer['admission'] !== 'config'
  } catch (reason) {
    console.error('sandbox upsdk: the sandbox did not answer, every method succeeds', reason)
    device.admitted = true
  }
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') fireOnDocument('resume')
  })
  let lastId = 0
  return {
    platform,
    load_ms: loadTime(rules),
    exec(call, answer) {
      lastId += 1
      const rule = ruleOf(rules, call.method, applet_auth)
      void answerCall(
        device,
        { ...call, id: lastId },
        rule.outcome === 'ask' ? { outcome: 'success' } : rule,
        answer,
      )
      if (!['config', 'appletAuth'].includes(call.method))
        ask(origin, '/_control/journal', journalEntry(call.method, call.args)).catch(
          () => undefined,
        )
    },
  }
}

function journalEntry(method: string, args: unknown): unknown {
  return {
    direction: 'bridge',
    kind: method,
    summary: `upsdk.${method}`,
    request: { method: 'bridge', url: method, body: args },
    response: null,
  }
}
