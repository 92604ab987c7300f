import { nativeError } from './error-shapes.ts'
import type { BridgeAnswer, BridgeCall, Platform } from './messages.ts'
import type { BridgeRule } from './rules.ts'

/**
 * The device functions a page can use: the phone of the wallet page, or the browser window itself.
 */
export type Device = {
  platform: Platform
  /** config succeeded on this page, or this container needs no signature */
  admitted: boolean
  openWindow(url: string, title: string, finish: boolean): void
  closeWindow(): void
  setTitle(title: string): void
  setRightButton(title: string): void
  toast(text: string): void
  checkConfig(
    fields: unknown,
  ): Promise<{ ok: boolean; jsApiList?: unknown; errcode?: string; errmsg?: string }>
  authorizationCode(): Promise<string>
}

const fixed: Record<string, unknown> = {
  'UPWebNativeInfo.getFontSizeLevel': { fontSizeLevel: '1' },
  'UPWebNativeInfo.getVersionInfo': { version: '1024', clientVersion: '324' },
  'UPWebBankCard.addBankCard': undefined,
  'UPWebPay.pay': undefined,
  'UPWebAccount.verifyPayPwd': undefined,
}

/** Objects are objects on iOS and JSON text on Android (h5-bridge §4.1, §4.3). */
function asPlatform(platform: Platform, value: unknown): unknown {
  return platform === 'android' ? JSON.stringify(value) : value
}

function nativeObject(device: Device, call: BridgeCall): unknown {
  if (call.action === 'fetchNativeData') {
    const type = (call.args as { type?: string }).type
    return type === '0'
      ? '310000'
      : asPlatform(device.platform, { latitude: 31.2304, longitude: 121.4737 })
  }
  if (call.action === 'getSystemInfo') {
    const height = device.platform === 'ios' ? 44 : 24
    return asPlatform(device.platform, { statusBarHeight: height, platform: device.platform })
  }
  if (call.action === 'scanQRCode') {
    const text = 'https://qr.95516.com/sandbox'
    return device.platform === 'android' ? { value: text } : text
  }
  return fixed[`${call.plugin}.${call.action}`]
}

function actOnScreen(device: Device, call: BridgeCall): boolean {
  const args = call.args as Record<string, string>
  switch (`${call.plugin}.${call.action}`) {
    case 'UPWebBars.setNavigationBarTitle':
      device.setTitle(args['title'] ?? '')
      return true
    case 'UPWebBars.setNavigationBarRightButton':
      device.setRightButton(args['title'] ?? args['image'] ?? '')
      return true
    case 'UPWebUI.showFlashInfo':
      device.toast(args['msg'] ?? '')
      return true
    case 'UPWebClosePage.closeWebApp':
      device.closeWindow()
      return true
    case 'UPWebNewPage.createWebPage': {
      const page = JSON.parse(String(call.args)) as {
        url?: string
        title?: string
        isFinish?: string
      }
      if (page.url) device.openWindow(page.url, page.title ?? '', page.isFinish === '1')
      return true
    }
    default:
      return false
  }
}

async function succeed(device: Device, call: BridgeCall): Promise<BridgeAnswer | null> {
  const { id } = call
  if (call.action === 'config') {
    const checked = await device.checkConfig(call.args)
    if (!checked.ok)
      return {
        id,
        kind: 'plain',
        payload: { errcode: checked.errcode ?? 'c01', errmsg: checked.errmsg ?? '' },
      }
    device.admitted = true
    const list = { jsApiList: checked.jsApiList ?? [] }
    return { id, kind: 'success', payload: asPlatform(device.platform, { params: list }) }
  }
  if (!device.admitted) return { id, kind: 'illegal_access' }
  if (call.action === 'appletAuth')
    return { id, kind: 'success', payload: { code: await device.authorizationCode() } }
  if (actOnScreen(device, call)) return null
  const key = `${call.plugin}.${call.action}`
  const known =
    key in fixed || ['fetchNativeData', 'getSystemInfo', 'scanQRCode'].includes(call.action)
  return known
    ? { id, kind: 'success', payload: nativeObject(device, call) }
    : { id, kind: 'invalid_action' }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/**
 * Answers one native call by its rule: 0, 1 or 2 answers, now or late. Prerequisites (admission, a
 * valid signature) are checked even where the outcome is scripted: a mock that skips them hides
 * real errors.
 */
export async function answerCall(
  device: Device,
  call: BridgeCall,
  rule: BridgeRule,
  send: (answer: BridgeAnswer) => void,
): Promise<void> {
  if (rule.outcome === 'silent') return
  if (rule.outcome === 'late' || rule.delay_ms !== undefined) await wait(rule.delay_ms ?? 8000)
  const scripted = rule.outcome === 'fail' && (device.admitted || call.action === 'config')
  const answer = scripted
    ? nativeError(call.id, rule.shape ?? (call.action === 'pay' ? 'msg' : 'errcode'))
    : await succeed(device, call).catch((reason: unknown) =>
        nativeError(call.id, 'errcode', String(reason)),
      )
  if (answer === null) return
  send(answer)
  if (rule.outcome === 'twice') send(answer)
}
