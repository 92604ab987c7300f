import { AxeBuilder } from '@axe-core/playwright'
import { expect, test as base, type Fixtures } from '../browser/test.ts'
import { furnish, type Furnished } from '../browser/furnished.ts'
import type { Phone } from '../browser/phone.ts'
import { states } from '../browser/states.ts'
import { plan } from '../support/world.ts'

const test = base.extend<{ of(kind: keyof Found): Promise<Record<string, string[]>> }>({
  of: ({ openPhone }, use) =>
    use(async (kind) => {
      const found = Object.entries(await findings(openPhone))
      return Object.fromEntries(found.map(([name, all]) => [name, all[kind]]))
    }),
})

let { payer, places, signing_page }: Furnished = {} as Furnished
test.beforeAll(async ({ world }) => {
  ;({ payer, places, signing_page } = await furnish(world))
})

/** Walks through every page, signed in, and looks at each; the signing page of UnionPay comes last. */
async function walk(phone: Phone, look: (name: string) => Promise<void>): Promise<void> {
  await phone.open('/contracts')
  await expect(phone.link(/无人货柜开门即购/)).toBeVisible()
  for (const [name, { path, seen }] of Object.entries(places)) {
    await phone.open(path)
    await expect(phone.page.getByText(seen).first()).toBeVisible()
    await look(name)
  }
  await phone.page.goto(signing_page)
  await phone.atSigningPage()
  await look('the signing page')
}

/** VoiceOver takes a list without marks for plain text unless its role says otherwise. */
const unsaidLists = (): string[] =>
  [...document.querySelectorAll('main ul, main ol')]
    .filter(
      (one) =>
        getComputedStyle(one).listStyleType === 'none' && one.getAttribute('role') !== 'list',
    )
    .map((one) => `a list is not said: ${one.textContent?.trim().slice(0, 30)}`)

const comesToRest = async (): Promise<void> => {
  const ending = document
    .getAnimations()
    .filter(({ effect }) => Number(effect?.getComputedTiming().endTime) < Infinity)
  await Promise.allSettled(ending.map(({ finished }) => finished))
}

async function violationsOf(phone: Phone): Promise<string[]> {
  await phone.page.evaluate(comesToRest)
  const { violations } = await new AxeBuilder({ page: phone.page }).analyze()
  return [
    ...violations.map(
      ({ id, nodes }) => `${id} ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    ),
    ...(await phone.page.evaluate(unsaidLists)),
  ]
}

type Found = Record<'complaints' | 'small' | 'violations' | 'cut_off', string[]>
/** What is wrong with each page: found on one walk, told by one test for each kind. */
let walked: Promise<Record<string, Found>> | undefined
const findings = (openPhone: Fixtures['openPhone']): Promise<Record<string, Found>> =>
  (walked ??= (async () => {
    const found: Record<string, Found> = {}
    const phone = await openPhone(payer)
    await walk(phone, async (name) => {
      const complaints = phone.complaints.splice(0)
      const small = name === 'the signing page' ? [] : await phone.page.evaluate(smallTargets)
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

const nothing = (): Record<string, string[]> =>
  Object.fromEntries([...Object.keys(places), 'the signing page'].map((name) => [name, []]))

test(
  'no page has an accessibility violation',
  { tag: '@dark' },
  async ({ of, openPhone, colorScheme }) => {
    if (colorScheme === 'light') return expect(await of('violations')).toEqual(nothing())
    const phone = await openPhone(payer)
    await walk(phone, async (name) =>
      expect([name, ...(await violationsOf(phone))]).toEqual([name]),
    )
  },
)

for (const [name, state] of Object.entries(states)) {
  test(`nor has a state: ${name}`, async ({ openPhone, world }) => {
    const phone = await openPhone(undefined, { asked_privacy: state.asked_privacy ?? true })
    await state.bring(phone, world)
    expect(await violationsOf(phone)).toEqual([])
    expect(await cutOffAtAnySize(phone)).toEqual([])
    await phone.page.emulateMedia({ colorScheme: 'dark' })
    await expect
      .poll(() =>
        phone.page.evaluate(() =>
          getComputedStyle(document.documentElement).getPropertyValue('--ground'),
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
}

test('nor has a page in 关怀版, where nothing is cut off either', async ({ openPhone }) => {
  const phone = await openPhone(payer)
  await phone.open('/')
  await phone.button('关怀版').tap()
  await walk(phone, async (name) => {
    if (name === 'the signing page') return
    expect(await phone.page.evaluate(() => document.documentElement.dataset['size'])).toBe('large')
    expect([name, ...(await violationsOf(phone)), ...(await phone.page.evaluate(cutOff))]).toEqual([
      name,
    ])
  })
})

test('no page violates the content security policy or complains on the console', async ({ of }) =>
  expect(await of('complaints')).toEqual(nothing()))

/** What lies beyond the right edge of the screen, or is cut off inside its own box. */
function cutOff(): string[] {
  const { scrollWidth } = document.documentElement
  const wide = scrollWidth > screen.width ? [`the page is ${scrollWidth} px wide`] : []
  const hidden = [...document.querySelectorAll('main *')]
    .filter((one) => {
      const { overflowX, display } = getComputedStyle(one)
      return (
        !one.closest('.unseen, .sr-only, svg') &&
        one.scrollWidth > one.clientWidth + 1 &&
        overflowX !== 'visible' &&
        display !== 'inline'
      )
    })
    .map((one) => `cut off: ${one.textContent?.trim().slice(0, 30)}`)
  return [...wide, ...hidden]
}

/** Android's textZoom at 200 %: every text grows, whatever its unit, and nothing else does. Text is what `rem` cannot tell from a measure. */
function zoomText(): void {
  document.documentElement.style.fontSize = ''
  const sizes = [...document.querySelectorAll<HTMLElement>('body *')].map(
    (one) => [one, parseFloat(getComputedStyle(one).fontSize)] as const,
  )
  for (const [one, size] of sizes) one.style?.setProperty('font-size', `${2 * size}px`, 'important')
}

async function cutOffAtAnySize(phone: Phone): Promise<string[]> {
  const found: string[] = []
  const look = async (size: string) =>
    found.push(...(await phone.page.evaluate(cutOff)).map((one) => `${size}: ${one}`))
  for (const size of ['100%', '200%']) {
    await phone.page.evaluate((font) => void (document.documentElement.style.fontSize = font), size)
    await look(size)
  }
  await phone.page.evaluate(zoomText)
  await look('textZoom 200')
  return found
}

test('nothing overflows at 360 px, nor with text of twice the usual size', async ({ of }) =>
  expect(await of('cut_off')).toEqual(nothing()))

test('nor does it in English', async ({ openPhone }) => {
  const phone = await openPhone(payer)
  await phone.open()
  await phone.button('English').tap()
  await expect(phone.page.locator('html[lang=en]')).toBeVisible()
  for (const [name, { path }] of Object.entries(places)) {
    await phone.open(path)
    await expect(phone.page.locator('main h1, main h2').first()).toBeVisible()
    await expect(phone.page.getByText('Loading…')).toHaveCount(0)
    expect([name, ...(await cutOffAtAnySize(phone))]).toEqual([name])
  }
})

/** Buttons and links that stand for themselves and are harder to hit than 44 px; words inside a sentence are not counted. */
const smallTargets = (): string[] =>
  [...document.querySelectorAll('main button, main a, main summary, main label')]
    .filter((one) => one.getClientRects().length > 0 && getComputedStyle(one).display !== 'inline')
    .map((one) => [one.textContent?.trim(), one.getBoundingClientRect()] as const)
    .filter(([, { height, width }]) => height < 44 || width < 44)
    .map(([name, { height, width }]) => `${name} ${Math.round(width)}×${Math.round(height)}`)

test('everything that is tapped is at least 44 px high and wide', async ({ of }) =>
  expect(await of('small')).toEqual(nothing()))

test('nothing moves where the phone asks for less motion', async ({ openPhone }) => {
  const moving = (): number =>
    [...document.querySelectorAll('*')].filter((one) => {
      const { animationName, animationDuration, transitionDuration } = getComputedStyle(one)
      return (
        (animationName !== 'none' && parseFloat(animationDuration) > 0.01) ||
        parseFloat(transitionDuration) > 0.01
      )
    }).length
  const [still, usual] = [
    await openPhone(payer, { reducedMotion: 'reduce' }),
    await openPhone(payer),
  ]
  for (const phone of [still, usual]) {
    await phone.page.route('**/api/signings', () => undefined) // never answered
    await phone.open('/contracts')
    await expect(phone.link(/无人货柜开门即购/)).toBeVisible()
    await phone.open(`/plans/${plan.water}`)
    await phone.consent.check()
    await phone.button('去签约').tap()
    await expect(phone.page.locator('.van-loading')).toBeVisible()
  }
  expect(await still.page.evaluate(moving)).toBe(0)
  expect(await usual.page.evaluate(moving)).toBeGreaterThan(0)
})

test('these looks see what they are for', async ({ openPhone }) => {
  const phone = await openPhone(payer)
  await phone.open('/privacy')
  await expect(phone.page.getByText('你的权利').first()).toBeVisible()
  const add = (tag: string, text: string, style: string) =>
    phone.page.evaluate(
      ([name, textContent, css]) => {
        const one = Object.assign(document.createElement(name), { textContent })
        one.setAttribute('style', css)
        document.querySelector('main')?.append(one)
      },
      [tag, text, style] as const,
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
