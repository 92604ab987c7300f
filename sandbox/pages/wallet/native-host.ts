import { computed, reactive, ref } from 'vue'
import type { BridgeCall, FrameMessage, Platform, WalletMessage } from '../bridge/messages.ts'
import { answerCall, type Device } from '../bridge/native-answers.ts'
import { loadTime, ruleOf, type BridgeRule } from '../bridge/rules.ts'
import { send } from '../request.ts'
import { appearance, fontScale } from './device-presets.ts'
import { closeWindow, openWindow, sendToWindow, windowOf, type WebWindow } from './web-windows.ts'
import { wallet } from './wallet-state.ts'

/** "Ask me": calls wait in a queue until the user of the workbench has chosen their answers. */
const questions = ref<{ call: BridgeCall; choose: (rule: BridgeRule) => void }[]>([])
export const question = computed(() => questions.value[0] ?? null)
export const flash = reactive({ text: '', shown: 0 })

// no wallet on HarmonyOS is known: it is assumed to use Android's bridge (h5-bridge §1.2, §10)
const platform = (): Platform =>
  wallet.view?.settings['personality'] === 'ios' ? 'ios' : 'android'
const admission = () => wallet.view?.settings['admission']

function deviceOf(window: WebWindow): Device {
  return {
    platform: platform(),
    get admitted() {
      return window.admitted || admission() !== 'config'
    },
    set admitted(value) {
      window.admitted = value
    },
    openWindow: (url, title, finish) => openWindow(url, title, finish),
    closeWindow: () => closeWindow(window.id),
    setTitle: (title) => {
      window.title = title
    },
    setRightButton: (title) => {
      window.rightButton = title.trim()
    },
    toast: (text) => {
      flash.text = text
      flash.shown += 1
    },
    checkConfig: async (fields) => {
      if (admission() === 'plugin_ready')
        return { ok: false, errcode: 'c02', errmsg: '小程序不使用config，请使用pluginReady' }
      return send('POST', '/_pages/bridge/config', fields)
    },
    authorizationCode: async () =>
      (await send<{ code: string }>('POST', '/_pages/bridge/applet-auth', {})).code,
  }
}

function ruleFor(call: BridgeCall): Promise<BridgeRule> {
  const rule = ruleOf(wallet.bridge, call.method, wallet.view?.settings['applet_auth'])
  if (rule.outcome !== 'ask') return Promise.resolve(rule)
  return new Promise((resolve) => {
    questions.value.push({
      call,
      choose: (chosen) => {
        questions.value.shift()
        resolve(chosen)
      },
    })
  })
}

const brief_max = 60

/** The arguments in one line, most relevant first. */
function brief(args: unknown): string {
  const text =
    typeof args === 'string'
      ? args
      : Object.values(args ?? {})
          .map((value) => JSON.stringify(value))
          .join(', ')
  return text.length > brief_max ? `${text.slice(0, brief_max)}…` : text
}

/** The sandbox program itself records config and appletAuth, which it answers. */
function note(call: BridgeCall, outcome: string, returned: unknown): void {
  if (returned !== undefined && ['config', 'appletAuth'].includes(call.method)) return
  const entry = {
    direction: 'bridge',
    kind: call.method,
    summary: `upsdk.${call.method}(${brief(call.args)}) → ${outcome}`,
    request: {
      method: `${call.plugin}.${call.action}`,
      url: `upsdk.${call.method}`,
      body: call.args,
    },
    response: returned ?? null,
  }
  send('POST', '/_control/journal', entry).catch(() => undefined)
}

async function answer(window: WebWindow, call: BridgeCall): Promise<void> {
  const rule = await ruleFor(call)
  if (rule.outcome === 'silent') note(call, '不应答', undefined)
  let answered = false
  await answerCall(deviceOf(window), call, rule, (result) => {
    answered = true
    sendToWindow(window.id, { sandbox_bridge: 'answer', answer: result })
    note(call, result.kind === 'success' ? '成功' : '失败', result.payload ?? result.kind)
  })
  if (!answered && rule.outcome !== 'silent') note(call, '完成', undefined)
}

/**
 * The wallet's native side: listens to upsdk.js in the frames that this page opened, and to no
 * other.
 */
export function listenToFrames(): void {
  window.addEventListener('message', (event: MessageEvent<FrameMessage | undefined>) => {
    const opened = windowOf(event.source)
    const message = event.data
    if (opened === undefined || typeof message !== 'object' || message === null) return
    if (message.sandbox_bridge === 'hello') {
      opened.admitted = false // every page must call config again
      opened.rightButton = ''
      const welcome: WalletMessage = {
        sandbox_bridge: 'welcome',
        platform: platform(),
        load_ms: loadTime(wallet.bridge),
        appearance: appearance.value,
        text_scale: fontScale.value,
      }
      sendToWindow(opened.id, welcome)
    } else if (message.sandbox_bridge === 'call') void answer(opened, message.call)
  })
}
