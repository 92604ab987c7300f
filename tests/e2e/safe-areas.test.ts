import { expect, test } from '../browser/test.ts'
import { furnish, type Furnished } from '../browser/furnished.ts'

let { payer, places }: Furnished = {} as Furnished
test.beforeAll(async ({ world }) => {
  ;({ payer, places } = await furnish(world))
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
async function coveredBy(insets: Insets): Promise<string[]> {
  type Seen = [name: string, box: DOMRect]
  const boxOf = (words: Node): DOMRect => {
    const range = document.createRange()
    range.selectNodeContents(words)
    return range.getBoundingClientRect()
  }
  const nameOf = (node: Node): string => (node.textContent ?? '').trim().slice(0, 20)
  const seenIn = (one: Element): Seen[] => [
    ...(one.matches('button, input, svg')
      ? [[nameOf(one) || one.tagName, one.getBoundingClientRect()] satisfies Seen]
      : []),
    ...[...one.childNodes]
      .filter((node) => node.nodeType === 3 && nameOf(node) !== '')
      .map((node): Seen => [nameOf(node), boxOf(node)]),
  ]
  const found: string[] = []
  const note = (edge: string, isUnder: (box: DOMRect) => boolean): void => {
    const shown = [...document.querySelectorAll('#app *')].filter(
      (one) => !one.closest('.unseen, .sr-only') && one.checkVisibility(),
    )
    for (const [name, box] of shown.flatMap(seenIn))
      if (isUnder(box)) found.push(`${edge}: ${name}`)
  }
  const scroll = (top: number): Promise<void> =>
    new Promise((done) => {
      scrollTo(0, top)
      requestAnimationFrame(() => requestAnimationFrame(() => done()))
    })
  await scroll(0)
  note('top', (box) => box.top < insets.top)
  note('left', (box) => box.left < insets.left)
  note('right', (box) => box.right > innerWidth - insets.right)
  await scroll(document.documentElement.scrollHeight)
  note('bottom', (box) => box.bottom > innerHeight - insets.bottom)
  return found
}

test('nothing lies under the edges of a phone, upright or on its side', async ({ openPhone }) => {
  const phone = await openPhone(payer)
  const cdp = await phone.context.newCDPSession(phone.page)
  await phone.open('/contracts')
  await expect(phone.link(/无人货柜开门即购/)).toBeVisible()
  for (const [name, { path, seen }] of Object.entries(places)) {
    await phone.open(path)
    await expect(phone.page.getByText(seen).first()).toBeVisible()
    for (const [shape, { viewport, insets }] of Object.entries(shapes)) {
      await phone.page.setViewportSize(viewport)
      await cdp.send('Emulation.setSafeAreaInsetsOverride', { insets })
      expect([`${name}, ${shape}`, ...(await phone.page.evaluate(coveredBy, insets))]).toEqual([
        `${name}, ${shape}`,
      ])
    }
  }
})

test('without a network the bar that says so lies under no edge either', async ({ openPhone }) => {
  const { viewport, insets } = shapes['on its side, the notch left']
  const phone = await openPhone(payer)
  await phone.page.setViewportSize(viewport)
  const cdp = await phone.context.newCDPSession(phone.page)
  await cdp.send('Emulation.setSafeAreaInsetsOverride', { insets: { ...insets, top: 24 } })
  await phone.open('/')
  await expect(phone.page.getByText('无人货柜开门即购').first()).toBeVisible()
  await phone.context.setOffline(true)
  await expect(phone.page.getByText('当前没有网络')).toBeVisible()
  await phone.page.evaluate(() => scrollTo(0, 400))
  const { top, left } = await phone.page
    .locator('.offline')
    .evaluate((bar) => bar.getBoundingClientRect())
  expect([top >= 24, left >= 0]).toEqual([true, true])
  expect(await phone.page.evaluate(coveredBy, { ...insets, top: 24 })).toEqual([])
})
