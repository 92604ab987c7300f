import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../support/browser.ts'
import { agents, bridgeOrigin, builtScript, h5Origin, openPage } from './upsdk-page.ts'

let browser: Browser
let script: string
beforeAll(async () => {
  ;[browser, script] = await Promise.all([launchChromium(), builtScript()])
})
afterAll(() => browser.close())

/** A page that answers the handshake as the wallet page does. */
const wallet = `<!doctype html><iframe src="${h5Origin}/"></iframe><script>
window.addEventListener('message', ({ source, data }) => {
  const say = (message) => source.postMessage(message, '*')
  if (data.sandbox_bridge === 'hello') say({ sandbox_bridge: 'welcome', platform: 'ios', load_ms: 0, appearance: 'system', text_scale: 1 })
  if (data.sandbox_bridge === 'call') {
    say({ sandbox_bridge: 'answer', answer: { id: data.call.id, kind: 'success', payload: data.call.plugin + '.' + data.call.action } })
    say({ sandbox_bridge: 'event', name: 'resume' })
  }
})</script>`

const call = `document.addEventListener('resume', note('resume'))
  upsdk.pluginReady(() => { note('inside')(upsdk.isInsideWallet); upsdk.getLocationCity({ success: note('success') }) })`

async function frameStory(origin: string, until: string): Promise<[string, unknown][]> {
  const opened = await openPage(browser, script, {
    user_agent: agents.browser,
    parent: { origin, html: wallet },
  })
  const frame = opened.page.frames()[1]
  await frame?.waitForFunction('window.upsdk')
  await frame?.evaluate(call)
  await frame?.waitForFunction(`seen.some(([name]) => name === '${until}')`)
  const seen = await opened.seen()
  await opened.context.close()
  return seen.filter(([name]) => name !== 'deviceready')
}

test('in a frame of the wallet page the script is inside, and native is that page', async () => {
  const seen = await frameStory(bridgeOrigin, 'resume')
  expect(seen.map(([name, value]) => [name, name === 'resume' ? null : value])).toEqual([
    ['inside', true],
    ['success', 'UPWalletPlugin.fetchNativeData'],
    ['resume', null],
  ])
})

test('a page of another origin that frames the H5 and answers like the wallet is not believed', async () => {
  expect(await frameStory('http://stranger.example', 'inside')).toEqual([['inside', false]])
})
