import { expect, test } from './test.ts'
import {
  agents,
  bridgeOrigin,
  h5Origin,
  type Noted,
  type Opened,
  type World,
} from './upsdk-page.ts'

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

function call(): void {
  const { note, upsdk } = window
  document.addEventListener('resume', note('resume'))
  upsdk['pluginReady']?.(() => {
    note('inside')(upsdk.isInsideWallet)
    upsdk['getLocationCity']?.({ success: note('success') })
  })
}

async function frameStory(
  openInWorld: (world: World) => Promise<Opened>,
  origin: string,
  until: string,
): Promise<Noted[]> {
  const { page, seen } = await openInWorld({
    user_agent: agents.browser,
    parent: { origin, html: wallet },
  })
  const frame = page.frames()[1]
  await frame?.waitForFunction(() => 'upsdk' in window)
  await frame?.evaluate(call)
  return seen(until)
}

test('in a frame of the wallet page the script runs as inside the wallet, with that page as its native side', async ({
  openInWorld,
}) => {
  const seen = await frameStory(openInWorld, bridgeOrigin, 'resume')
  expect(seen.map(([name, value]) => [name, name === 'resume' ? null : value])).toEqual([
    ['inside', true],
    ['success', 'UPWalletPlugin.fetchNativeData'],
    ['resume', null],
  ])
})

test('a page of another origin that frames the H5 and answers like the wallet is not trusted', async ({
  openInWorld,
}) => {
  expect(await frameStory(openInWorld, 'http://stranger.example', 'inside')).toEqual([
    ['inside', false],
  ])
})
