import { parse } from 'acorn'
import { expect, test as base } from './test.ts'
import { agents, type Noted, type World } from './upsdk-page.ts'

const fields = `{ appId: 'a', timestamp: 1, nonceStr: 'n', signature: 's' }`
const both = `{ success: note('success'), fail: note('fail') }`

const test = base.extend<{
  /**
   * opens a page that runs `code` at once, waits until `until` was recorded, and returns all
   * records
   */
  story(world: World, code: string, until: string): Promise<Noted[]>
}>({
  story: ({ openInWorld }, use) =>
    use(async (world, code, until) => (await openInWorld({ ...world, code })).seen(until)),
})
const afterBridge = (code: string) => `document.addEventListener('deviceready', () => { ${code} })`

test('before the bridge is ready a method calls neither success nor fail', async ({ story }) => {
  const seen = await story(
    { rules: { bridgeLoad: { outcome: 'late', delay_ms: 400 } } },
    `upsdk.getLocationCity(${both})`,
    'deviceready',
  )
  expect(seen).toEqual([])
})

test('after the bridge but before admission a method fails with c05', async ({ story }) => {
  const seen = await story({}, afterBridge(`upsdk.getLocationCity(${both})`), 'fail')
  expect(seen[0]).toMatchObject(['fail', { errcode: 'c05' }])
})

test('config before the bridge is remembered, and every ready callback runs again after a second config', async ({
  story,
}) => {
  const code = `let times = 0; upsdk.ready(note('first')); upsdk.ready(() => {
      note('second')(); times += 1
      setTimeout(times === 1 ? () => upsdk.config(${fields}) : note('end'), 200)
    }); upsdk.config(${fields})`
  const seen = await story({}, code, 'end')
  expect(seen.map(([name]) => name)).toEqual(['first', 'second', 'first', 'second', 'end'])
})

test('only the last error callback is called, and one registered too late still receives the failure', async ({
  story,
}) => {
  const code = `upsdk.error(note('lost')); upsdk.error(note('kept')); upsdk.config({ appId: 'a' }); upsdk.error(note('late'))`
  expect(await story({}, code, 'late')).toEqual([
    ['kept', { msg: 'config缺少参数timestamp' }],
    ['late', { msg: 'config缺少参数timestamp' }],
  ])
})

test("the script itself refuses a url that is not the page's", async ({ story }) => {
  const code = `upsdk.error(note('refused')); upsdk.config(Object.assign(${fields}, { url: 'http://h5.example/other' }))`
  expect((await story({}, code, 'refused'))[0]).toMatchObject([
    'refused',
    { msg: expect.stringContaining('url') },
  ])
})

test('a refused signature reaches the error callback unchanged, and methods then fail with c05', async ({
  story,
}) => {
  const code = `upsdk.error((reason) => { note('refused')(reason); upsdk.pay(${both}) }); upsdk.config(${fields})`
  const seen = await story(
    { config: { ok: false, errcode: 'N60025', errmsg: 'signature' } },
    code,
    'fail',
  )
  expect(seen).toMatchObject([
    ['refused', { errcode: 'N60025' }],
    ['fail', { errcode: 'c05' }],
  ])
})

test('pluginReady allows calls, but a container that requires config answers c02', async ({
  story,
}) => {
  const code = `upsdk.pluginReady(() => upsdk.getLocationCity(${both}))`
  expect(await story({}, code, 'success')).toEqual([['success', '310000']])
  expect(await story({ admission: 'config' }, code, 'fail')).toMatchObject([
    ['fail', { errcode: 'c02' }],
  ])
})

test('outside the wallet ready fires, pluginReady runs at once and methods stay silent', async ({
  story,
}) => {
  const code = `upsdk.ready(() => { note('ready')(); setTimeout(() => note('inside')(upsdk.isInsideWallet), 300) })
    upsdk.pluginReady(note('plugin')); upsdk.config(${fields}); upsdk.getLocationCity(${both})`
  const seen = await story({ user_agent: agents.browser }, code, 'inside')
  expect(seen).toEqual([
    ['plugin', null],
    ['ready', null],
    ['inside', false],
  ])
})

test('a position is an object on iOS and JSON text on Android', async ({ story }) => {
  const code = `upsdk.pluginReady(() => upsdk.getLocationGps(${both}))`
  const [ios, android] = [
    await story({ user_agent: agents.ios }, code, 'success'),
    await story({ user_agent: agents.android }, code, 'success'),
  ]
  expect(ios[0]?.[1]).toMatchObject({ latitude: expect.any(Number) })
  expect(JSON.parse(android[0]?.[1] as string)).toEqual(ios[0]?.[1])
})

for (const [shape, expected] of [
  ['errcode', { errcode: 'c99', errmsg: expect.any(String) }],
  ['msg', { msg: expect.any(String) }],
  ['msg_json', { msg: expect.stringContaining('"code"') }],
  ['code', { code: '04', msg: expect.any(String) }],
  ['string', expect.any(String)],
] as const) {
  test(`a failure of shape ${shape} arrives in that shape`, async ({ story }) => {
    const seen = await story(
      { rules: { addBankCard: { outcome: 'fail', shape } } },
      `upsdk.pluginReady(() => upsdk.addBankCard(${both}))`,
      'fail',
    )
    expect(seen).toEqual([['fail', expected]])
  })
}

test('a cancelled payment looks like a failure, and cancel is called only when fail is absent', async ({
  story,
}) => {
  const rules = { pay: { outcome: 'fail' } }
  const seen = await story(
    { rules },
    `upsdk.pluginReady(() => upsdk.pay({ tn: '1', fail: note('fail'), cancel: note('cancel') }))`,
    'fail',
  )
  expect(seen).toEqual([['fail', { msg: expect.any(String) }]])
  expect(
    await story(
      { rules },
      `upsdk.pluginReady(() => upsdk.pay({ tn: '1', cancel: note('cancel') }))`,
      'cancel',
    ),
  ).toHaveLength(1)
})

test('callbacks come never, late or twice as the rules say', async ({ story }) => {
  const rules = {
    addBankCard: { outcome: 'silent' },
    getLocationCity: { outcome: 'late', delay_ms: 300 },
    verifyPayPwd: { outcome: 'twice' },
  }
  const code = `upsdk.pluginReady(() => { upsdk.addBankCard(${both}); upsdk.getLocationCity({ success: note('late') }); upsdk.verifyPayPwd({ success: note('twice') }) })`
  const seen = await story({ rules }, code, 'late')
  expect(seen.map(([name]) => name)).toEqual(['twice', 'twice', 'late'])
})

test('a method this wallet does not implement fails with c03', async ({ story }) => {
  expect(
    await story({}, `upsdk.pluginReady(() => upsdk.chooseImage(${both}))`, 'fail'),
  ).toMatchObject([['fail', { errcode: 'c03' }]])
})

test('appletAuth retains the last call before ready and removes its callbacks from the object', async ({
  story,
}) => {
  const code = `const given = ${both}; upsdk.appletAuth({ success: note('lost') }); upsdk.appletAuth(given); note('left')(Object.keys(given)); upsdk.pluginReady(() => {})`
  expect(await story({}, code, 'success')).toEqual([
    ['left', []],
    ['success', { code: 'a+b/c=' }],
  ])
})

test('a wallet without (updebug N) makes the script throw, one without cordova leaves config undefined', async ({
  story,
}) => {
  const thrown = await story(
    { user_agent: agents.ios.replace('(updebug 0)', '') },
    `note('upsdk')(typeof upsdk)`,
    'upsdk',
  )
  expect(thrown).toEqual([
    ['thrown', 'Script error.'],
    ['upsdk', 'undefined'],
  ])
  const early = await story(
    { user_agent: agents.ios.replace('(cordova 4.5.4)', '') },
    `note('types')([typeof upsdk.config, typeof upsdk.pay])`,
    'types',
  )
  expect(early).toEqual([['types', ['undefined', 'function']]])
})

test('the built script has no syntax newer than Chrome 70', ({ script }) => {
  expect(() => parse(script, { ecmaVersion: 2018, sourceType: 'script' })).not.toThrow()
})
