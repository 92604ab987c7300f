import { expect, test } from '../browser/test.ts'
import { createSamplePayer, type SamplePayer } from '../browser/sample-payer.ts'

let { payer, pages }: SamplePayer = {} as SamplePayer
test.beforeAll(async ({ world }) => {
  ;({ payer, pages } = await createSamplePayer(world))
})

const shapes = {
  'portrait, with a notch and a gesture bar': {
    viewport: { width: 390, height: 844 },
    insets: { top: 47, left: 0, right: 0, bottom: 34 },
  },
  'landscape, with the notch on the left': {
    viewport: { width: 740, height: 360 },
    insets: { top: 0, left: 47, right: 47, bottom: 21 },
  },
}
type Insets = (typeof shapes)[keyof typeof shapes]['insets']

/**
 * Text and controls under a notch or a gesture bar: at the top of the page, then at its end, where
 * no scrolling can uncover them.
 */
async function findCovered(insets: Insets): Promise<string[]> {
  type Seen = [name: string, box: DOMRect]
  const boxOf = (text: Node): DOMRect => {
    const range = document.createRange()
    range.selectNodeContents(text)
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
  const record = (edge: string, isUnder: (box: DOMRect) => boolean): void => {
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
  record('top', (box) => box.top < insets.top)
  record('left', (box) => box.left < insets.left)
  record('right', (box) => box.right > innerWidth - insets.right)
  await scroll(document.documentElement.scrollHeight)
  record('bottom', (box) => box.bottom > innerHeight - insets.bottom)
  return found
}

test('no content lies under a notch or gesture bar, in portrait or landscape', async ({
  openPhone,
}) => {
  const phone = await openPhone(payer)
  const cdp = await phone.context.newCDPSession(phone.page)
  await phone.open('/contracts')
  await expect(phone.link(/无人货柜开门即购/)).toBeVisible()
  for (const [name, { path, text }] of Object.entries(pages)) {
    await phone.open(path)
    await expect(phone.page.getByText(text).first()).toBeVisible()
    for (const [shape, { viewport, insets }] of Object.entries(shapes)) {
      await phone.page.setViewportSize(viewport)
      await cdp.send('Emulation.setSafeAreaInsetsOverride', { insets })
      expect([`${name}, ${shape}`, ...(await phone.page.evaluate(findCovered, insets))]).toEqual([
        `${name}, ${shape}`,
      ])
    }
  }
})

test('the offline bar lies under no notch', async ({ openPhone }) => {
  const { viewport, insets } = shapes['landscape, with the notch on the left']
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
  expect(await phone.page.evaluate(findCovered, { ...insets, top: 24 })).toEqual([])
})
