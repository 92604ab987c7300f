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

const comesToRest = `Promise.allSettled(document.getAnimations().filter(({ effect }) => effect.getComputedTiming().endTime < Infinity).map(({ finished }) => finished)).then(() => {})`

async function violationsOf(phone: Phone): Promise<string[]> {
  await phone.page.evaluate(comesToRest)
  const { violations } = await new AxeBuilder({ page: phone.page }).analyze()
  return [
    ...violations.map(
      ({ id, nodes }) => `${id} ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    ),
    ...(await phone.page.evaluate<string[]>(unsaidLists)),
  ]
}

type Found = Record<'complaints' | 'small' | 'violations' | 'cut_off', string[]>
/** What is wrong with each page: found on one walk, told by one test for each kind. */
let walked: Promise<Record<string, Found>> | undefined
const findings = (): Promise<Record<string, Found>> =>
  (walked ??= (async () => {
    const found: Record<string, Found> = {}
    const phone = await stage.phone(payer, { colorScheme: 'light' })
    await walk(phone, async (name) => {
      const complaints = phone.complaints.splice(0)
      const small =
        name === 'the signing page' ? [] : await phone.page.evaluate<string[]>(smallTargets)
      found[name] = {
        complaints,
        small,
        violations: await violationsOf(phone),
        cut_off: await cutOffAtAnySize(phone),
      }
      phone.complaints.splice(0) // of the looks themselves
    })
    return found
  })())
const of = async (kind: keyof Found): Promise<Record<string, string[]>> =>
  Object.fromEntries(Object.entries(await findings()).map(([name, found]) => [name, found[kind]]))
const nothing = (): Record<string, string[]> =>
  Object.fromEntries([...Object.keys(places), 'the signing page'].map((name) => [name, []]))

test.each(['light', 'dark'] as const)(
  'no page has an accessibility violation (%s)',
  async (colorScheme) => {
    if (colorScheme === 'light') return expect(await of('violations')).toEqual(nothing())
    const phone = await stage.phone(payer, { colorScheme })
    await walk(phone, async (name) =>
      expect([name, ...(await violationsOf(phone))]).toEqual([name]),
    )
  },
)

test.each(Object.entries(statesOf(stage)))('nor has a state: %s', async (_name, state) => {
  const phone = await stage.phone(undefined, { asked_privacy: state.asked_privacy ?? true })
  await state.bring(phone)
  expect(await violationsOf(phone)).toEqual([])
  expect(await cutOffAtAnySize(phone)).toEqual([])
  await phone.page.emulateMedia({ colorScheme: 'dark' })
  await expect
    .poll(() =>
      phone.page.evaluate(
        "getComputedStyle(document.documentElement).getPropertyValue('--ground')",
      ),
    )
    .toBe('#0c1213')
  await phone.page.evaluate(comesToRest)
  expect(
    (
      await new AxeBuilder({ page: phone.page }).withRules('color-contrast').analyze()
    ).violations.map(({ nodes }) => nodes.map(({ target }) => target.join(' '))),
  ).toEqual([])
})

test('nor has a page in 关怀版, where nothing is cut off either', async () => {
  const phone = await stage.phone(payer)
  await phone.open('/')
  await phone.button('关怀版').tap()
  await walk(phone, async (name) => {
    if (name === 'the signing page') return
    expect(await phone.page.evaluate('document.documentElement.dataset.size')).toBe('large')
    expect([
      name,
      ...(await violationsOf(phone)),
      ...(await phone.page.evaluate<string[]>(cutOff)),
    ]).toEqual([name])
  })
})

test('no page violates the content security policy or complains on the console', async () =>
  expect(await of('complaints')).toEqual(nothing()))

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

async function cutOffAtAnySize(phone: Phone): Promise<string[]> {
  const found: string[] = []
  const look = async (size: string) =>
    found.push(...(await phone.page.evaluate<string[]>(cutOff)).map((one) => `${size}: ${one}`))
  for (const size of ['100%', '200%']) {
    await phone.page.evaluate(`void (document.documentElement.style.fontSize = '${size}')`)
    await look(size)
  }
  await phone.page.evaluate(zoomText)
  await look('textZoom 200')
  return found
}

test('nothing overflows at 360 px, nor with text of twice the usual size', async () =>
  expect(await of('cut_off')).toEqual(nothing()))

test('nor does it in English', async () => {
  const phone = await stage.phone(payer)
  await phone.open()
  await phone.button('English').tap()
  await phone.page.locator('html[lang=en]').waitFor()
  for (const [name, { path }] of Object.entries(places)) {
    await phone.open(path)
    await phone.page.locator('main h1, main h2').first().waitFor()
    await phone.page.getByText('Loading…').waitFor({ state: 'detached' })
    expect([name, ...(await cutOffAtAnySize(phone))]).toEqual([name])
  }
})

/** Buttons and links that stand for themselves and are harder to hit than 44 px; words inside a sentence are not counted. */
const smallTargets = `[...document.querySelectorAll('main button, main a, main summary, main label')]
  .filter((one) => one.getClientRects().length > 0 && getComputedStyle(one).display !== 'inline')
  .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 44 || box.width < 44).map(([name, box]) => name + ' ' + Math.round(box.width) + '×' + Math.round(box.height))`

test('everything that is tapped is at least 44 px high and wide', async () =>
  expect(await of('small')).toEqual(nothing()))

test('nothing moves where the phone asks for less motion', async () => {
  const moving = `[...document.querySelectorAll('*')].filter((one) => {
    const { animationName, animationDuration, transitionDuration } = getComputedStyle(one)
    return (animationName !== 'none' && parseFloat(animationDuration) > 0.01) || parseFloat(transitionDuration) > 0.01
  }).length`
  const [still, usual] = [
    await stage.phone(payer, { reducedMotion: 'reduce' }),
    await stage.phone(payer),
  ]
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
  const add = (tag: string, text: string, style: string) =>
    phone.page.evaluate(
      `void document.querySelector('main').append(Object.assign(document.createElement('${tag}'), { textContent: '${text}', style: '${style}' }))`,
    )
  await add('button', '小', 'display: block; width: 20px; height: 20px')
  expect(await phone.page.evaluate(smallTargets)).toEqual(['小 20×20'])
  await add('p', '一行很长的文字', 'width: 30px; overflow: hidden; white-space: nowrap')
  await add('p', '宽', 'width: 500px')
  expect(await phone.page.evaluate(cutOff)).toEqual([
    expect.stringContaining('px wide'),
    'cut off: 一行很长的文字',
  ])
  await add('p', '看不清的一行字', 'color: #eee; background: #fff')
  expect(
    (await new AxeBuilder({ page: phone.page }).analyze()).violations.map(({ id }) => id),
  ).toContain('color-contrast')
  expect(phone.complaints).toEqual([])
  await add('script', 'window.ran = true', '')
  await expect
    .poll(() => phone.complaints)
    .toEqual([expect.stringContaining('Content Security Policy')])
})
