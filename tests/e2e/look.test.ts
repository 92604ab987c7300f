import { AxeBuilder } from '@axe-core/playwright'
import { beforeAll, expect, test } from 'vitest'
import { furnish, type Furnished } from '../support/furnished.ts'
import type { Phone } from '../support/phone.ts'
import { setStage } from '../support/stage.ts'
import { statesOf } from '../support/states.ts'
import { plan } from '../support/world.ts'

const stage = setStage()

let { payer, places, signing_page }: Furnished = {} as Furnished
beforeAll(async () => {
  ;({ payer, places, signing_page } = await furnish(stage))
})

/** Walks through every page, signed in, and looks at each; the signing page of UnionPay comes last. */
async function walk(phone: Phone, look: (name: string) => Promise<void>): Promise<void> {
  await phone.open('/contracts')
  await phone.link(/无人货柜开门即购/).waitFor()
  for (const [name, { path, seen }] of Object.entries(places)) {
    await phone.open(path)
    await phone.page.getByText(seen).first().waitFor()
    await look(name)
  }
  await phone.page.goto(signing_page)
  await phone.atSigningPage()
  await look('the signing page')
}

/** VoiceOver takes a list without marks for plain text unless its role says otherwise. */
const unsaidLists = `[...document.querySelectorAll('main ul, main ol')].filter((one) => getComputedStyle(one).listStyleType === 'none' && one.getAttribute('role') !== 'list')
  .map((one) => 'a list is not said: ' + one.textContent.trim().slice(0, 30))`

test.each(['light', 'dark'] as const)('no page has an accessibility violation (%s)', async (colorScheme) => {
  const phone = await stage.phone(payer, { colorScheme })
  await walk(phone, async (name) => {
    await phone.page.evaluate('Promise.all(document.getAnimations().map((animation) => animation.finished))')
    const { violations } = await new AxeBuilder({ page: phone.page }).analyze()
    expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([])
    expect([name, ...(await phone.page.evaluate<string[]>(unsaidLists))]).toEqual([name])
  })
})

test.each(Object.keys(statesOf(stage)))('nor has a state: %s', async (name) => {
  const state = statesOf(stage)[name]
  const phone = await stage.phone(undefined, { asked_privacy: state?.asked_privacy ?? true })
  await state?.bring(phone)
  const { violations } = await new AxeBuilder({ page: phone.page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([])
  expect(await phone.page.evaluate(unsaidLists)).toEqual([])
  await expectNothingCutOff(phone, name)
})

test('nor has a page in 关怀版, where nothing is cut off either', async () => {
  const phone = await stage.phone(payer)
  await phone.open('/')
  await phone.button('关怀版').tap()
  await walk(phone, async (name) => {
    if (name === 'the signing page') return
    expect(await phone.page.evaluate('document.documentElement.dataset.size')).toBe('large')
    const { violations } = await new AxeBuilder({ page: phone.page }).analyze()
    expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([])
    expect([name, ...(await phone.page.evaluate<string[]>(cutOff))]).toEqual([name])
  })
})

test('no page violates the content security policy or complains on the console', async () => {
  const phone = await stage.phone(payer)
  await walk(phone, async (name) => expect([name, ...phone.complaints]).toEqual([name]))
})

/** What lies beyond the right edge of the screen, or is cut off inside its own box. */
const cutOff = `(() => {
  const wide = document.documentElement.scrollWidth > screen.width ? ['the page is ' + document.documentElement.scrollWidth + ' px wide'] : []
  const hidden = [...document.querySelectorAll('main *')].filter((one) => !one.closest('.unseen, .sr-only, svg') && one.scrollWidth > one.clientWidth + 1
    && getComputedStyle(one).overflowX !== 'visible' && getComputedStyle(one).display !== 'inline').map((one) => 'cut off: ' + one.textContent.trim().slice(0, 30))
  return [...wide, ...hidden]
})()`

/** Android's textZoom at 200 %: every text grows, whatever its unit, and nothing else does. Text is what `rem` cannot tell from a measure. */
const zoomText = `(() => {
  document.documentElement.style.fontSize = ''
  const sizes = [...document.querySelectorAll('body *')].map((one) => [one, parseFloat(getComputedStyle(one).fontSize)])
  for (const [one, size] of sizes) if (one.style) one.style.setProperty('font-size', 2 * size + 'px', 'important')
})()`

async function expectNothingCutOff(phone: Phone, name: string): Promise<void> {
  for (const font_size of ['100%', '200%']) {
    await phone.page.evaluate(`void (document.documentElement.style.fontSize = '${font_size}')`)
    expect([`${name} at ${font_size}`, ...(await phone.page.evaluate<string[]>(cutOff))]).toEqual([`${name} at ${font_size}`])
  }
  await phone.page.evaluate(zoomText)
  expect([`${name} at textZoom 200`, ...(await phone.page.evaluate<string[]>(cutOff))]).toEqual([`${name} at textZoom 200`])
}

test('nothing overflows at 360 px, nor with text of twice the usual size', async () => {
  const phone = await stage.phone(payer)
  await walk(phone, (name) => expectNothingCutOff(phone, name))
})

test('nor does it in English', async () => {
  const phone = await stage.phone(payer)
  await phone.open()
  await phone.button('English').tap()
  await phone.page.locator('html[lang=en]').waitFor()
  for (const [name, { path }] of Object.entries(places)) {
    await phone.open(path)
    await phone.page.locator('main h1, main h2').first().waitFor()
    await phone.page.getByText('Loading…').waitFor({ state: 'detached' })
    await expectNothingCutOff(phone, name)
  }
})

/** Buttons and links that stand for themselves and are harder to hit than 44 px; words inside a sentence are not counted. */
const smallTargets = `[...document.querySelectorAll('main button, main a, main summary, main label')]
  .filter((one) => one.getClientRects().length > 0 && getComputedStyle(one).display !== 'inline')
  .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 44 || box.width < 44).map(([name, box]) => name + ' ' + Math.round(box.width) + '×' + Math.round(box.height))`

test('everything that is tapped is at least 44 px high and wide', async () => {
  const phone = await stage.phone(payer)
  await walk(phone, async (name) => {
    if (name !== 'the signing page') expect([name, ...(await phone.page.evaluate<string[]>(smallTargets))]).toEqual([name])
  })
})

test('nothing moves where the phone asks for less motion', async () => {
  const moving = `[...document.querySelectorAll('*')].filter((one) => {
    const { animationName, animationDuration, transitionDuration } = getComputedStyle(one)
    return (animationName !== 'none' && parseFloat(animationDuration) > 0.01) || parseFloat(transitionDuration) > 0.01
  }).length`
  const [still, usual] = [await stage.phone(payer, { reducedMotion: 'reduce' }), await stage.phone(payer)]
  for (const phone of [still, usual]) {
    await phone.page.route('**/api/signings', () => undefined) // never answered
    await phone.open('/contracts')
    await phone.link(/无人货柜开门即购/).waitFor()
    await phone.open(`/plans/${plan.water}`)
    await phone.consent.check()
    await phone.button('去签约').tap()
    await phone.page.locator('.van-loading').waitFor()
  }
  expect(await still.page.evaluate(moving)).toBe(0)
  expect(await usual.page.evaluate(moving)).toBeGreaterThan(0)
})

test('these looks see what they are for', async () => {
  const phone = await stage.phone(payer)
  await phone.open('/privacy')
  await phone.page.getByText('你的权利').first().waitFor()
  const add = (tag: string, text: string, style: string) => phone.page.evaluate(
    `void document.querySelector('main').append(Object.assign(document.createElement('${tag}'), { textContent: '${text}', style: '${style}' }))`)
  await add('button', '小', 'display: block; width: 20px; height: 20px')
  expect(await phone.page.evaluate(smallTargets)).toEqual(['小 20×20'])
  await add('p', '一行很长的文字', 'width: 30px; overflow: hidden; white-space: nowrap')
  await add('p', '宽', 'width: 500px')
  expect(await phone.page.evaluate(cutOff)).toEqual([expect.stringContaining('px wide'), 'cut off: 一行很长的文字'])
  await add('p', '看不清的一行字', 'color: #eee; background: #fff')
  expect((await new AxeBuilder({ page: phone.page }).analyze()).violations.map(({ id }) => id)).toContain('color-contrast')
  expect(phone.complaints).toEqual([])
  await add('script', 'window.ran = true', '')
  await expect.poll(() => phone.complaints).toEqual([expect.stringContaining('Content Security Policy')])
})
