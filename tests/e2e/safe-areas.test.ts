import { beforeAll, expect, test } from 'vitest'
import { furnish, type Furnished } from '../support/furnished.ts'
import { setStage } from '../support/stage.ts'

const stage = setStage()

let { payer, places }: Furnished = {} as Furnished
beforeAll(async () => {
  ;({ payer, places } = await furnish(stage))
})

const shapes = {
  'upright, with a notch and a gesture bar': {
    viewport: { width: 390, height: 844 },
    insets: { top: 47, left: 0, right: 0, bottom: 34 },
  },
  'on its side, the notch left': {
    viewport: { width: 740, height: 360 },
    insets: { top: 0, left: 47, right: 47, bottom: 21 },
  },
}
type Insets = (typeof shapes)[keyof typeof shapes]['insets']

/** Words and controls under a notch or a gesture bar: at the top of the page, then at its end, where nothing can be scrolled away from it. */
const covered = (insets: Insets) => `(async () => {
  const boxOf = (words) => { const range = document.createRange(); range.selectNodeContents(words); return range.getBoundingClientRect() }
  const seen = () => [...document.querySelectorAll('#app *')].filter((one) => !one.closest('.unseen, .sr-only') && one.checkVisibility())
    .flatMap((one) => [...(one.matches('button, input, svg') ? [[one.textContent.trim().slice(0, 20) || one.tagName, one.getBoundingClientRect()]] : []),
      ...[...one.childNodes].filter((node) => node.nodeType === 3 && node.textContent.trim() !== '').map((node) => [node.textContent.trim().slice(0, 20), boxOf(node)])])
  const found = []
  const note = (edge, isUnder) => found.push(...seen().filter(([, box]) => isUnder(box)).map(([name]) => edge + ': ' + name))
  const scroll = (top) => new Promise((done) => { scrollTo(0, top); requestAnimationFrame(() => requestAnimationFrame(done)) })
  await scroll(0)
  note('top', (box) => box.top < ${insets.top})
  note('left', (box) => box.left < ${insets.left})
  note('right', (box) => box.right > innerWidth - ${insets.right})
  await scroll(document.documentElement.scrollHeight)
  note('bottom', (box) => box.bottom > innerHeight - ${insets.bottom})
  return found
})()`

test('nothing lies under the edges of a phone, upright or on its side', async () => {
  const phone = await stage.phone(payer)
  const cdp = await phone.context.newCDPSession(phone.page)
  await phone.open('/contracts')
  await phone.link(/无人货柜开门即购/).waitFor()
  for (const [name, { path, seen }] of Object.entries(places)) {
    await phone.open(path)
    await phone.page.getByText(seen).first().waitFor()
    for (const [shape, { viewport, insets }] of Object.entries(shapes)) {
      await phone.page.setViewportSize(viewport)
      await cdp.send('Emulation.setSafeAreaInsetsOverride', { insets })
      expect([
        `${name}, ${shape}`,
        ...(await phone.page.evaluate<string[]>(covered(insets))),
      ]).toEqual([`${name}, ${shape}`])
    }
  }
})

test('without a network the bar that says so lies under no edge either', async () => {
  const { viewport, insets } = shapes['on its side, the notch left']
  const phone = await stage.phone(payer)
  await phone.page.setViewportSize(viewport)
  const cdp = await phone.context.newCDPSession(phone.page)
  await cdp.send('Emulation.setSafeAreaInsetsOverride', { insets: { ...insets, top: 24 } })
  await phone.open('/')
  await phone.page.getByText('无人货柜开门即购').first().waitFor()
  await phone.context.setOffline(true)
  await phone.page.getByText('当前没有网络').waitFor()
  await phone.page.evaluate('scrollTo(0, 400)')
  expect(
    await phone.page.evaluate(
      `(({ top, left }) => [top >= 24, left >= 0])(document.querySelector('.offline').getBoundingClientRect())`,
    ),
  ).toEqual([true, true])
  expect(await phone.page.evaluate(covered({ ...insets, top: 24 }))).toEqual([])
})
