import { AxeBuilder } from '@axe-core/playwright'
import { expect, test as base, type Fixtures } from '../browser/test.ts'
import { createSamplePayer, type SamplePayer } from '../browser/sample-payer.ts'
import type { Phone } from '../browser/phone.ts'
import { states } from '../browser/states.ts'
import { plan } from '../support/world.ts'

const test = base.extend<{ of(kind: keyof Found): Promise<Record<string, string[]>> }>({
  of: ({ openPhone }, use) =>
    use(async (kind) => {
      const found = Object.entries(await auditPages(openPhone))
      return Object.fromEntries(found.map(([name, all]) => [name, all[kind]]))
    }),
})

let { payer, pages, signing_page }: SamplePayer = {} as SamplePayer
test.beforeAll(async ({ world }) => {
  ;({ payer, pages, signing_page } = await createSamplePayer(world))
})

/** Visits every page signed in and inspects it; the signing page of UnionPay comes last. */
async function visitPages(phone: Phone, inspect: (name: string) => Promise<void>): Promise<void> {
  await phone.open('/contracts')
  await expect(phone.link(/无人货柜开门即购/)).toBeVisible()
  for (const [name, { path, text }] of Object.entries(pages)) {
    await phone.open(path)
    await expect(phone.page.getByText(text).first()).toBeVisible()
    await inspect(name)
  }
  await phone.page.goto(signing_page)
  await phone.expectSigningPage()
  await inspect('the signing page')
}

/** VoiceOver reads a list without markers as plain text unless it has the role `list`. */
const unannouncedLists = (): string[] =>
  [...document.querySelectorAll('main ul, main ol')]
    .filter(
      (one) =>
        getComputedStyle(one).listStyleType === 'none' && one.getAttribute('role') !== 'list',
    )
    .map((one) => `a list is not announced: ${one.textContent?.trim().slice(0, 30)}`)

const finishAnimations = async (): Promise<void> => {
  const ending = document
    .getAnimations()
    .filter(({ effect }) => Number(effect?.getComputedTiming().endTime) < Infinity)
  await Promise.allSettled(ending.map(({ finished }) => finished))
}

async function violationsOf(phone: Phone): Promise<string[]> {
  await phone.page.evaluate(finishAnimations)
  const { violations } = await new AxeBuilder({ page: phone.page }).analyze()
  return [
    ...violations.map(
      ({ id, nodes }) => `${id} ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    ),
    ...(await phone.page.evaluate(unannouncedLists)),
  ]
}

type Found = Record<'console_errors' | 'small' | 'violations' | 'overflow', string[]>
/** The problems of each page: one visit finds them all, and one test reports each kind. */
let audited: Promise<Record<string, Found>> | undefined
const auditPages = (openPhone: Fixtures['openPhone']): Promise<Record<string, Found>> =>
  (audited ??= (async () => {
    const found: Record<string, Found> = {}
    const phone = await openPhone(payer)
    await visitPages(phone, async (name) => {
      const console_errors = phone.console_errors.splice(0)
      const small = name === 'the signing page' ? [] : await phone.page.evaluate(findSmallTargets)
      found[name] = {
        console_errors,
        small,
        violations: await violationsOf(phone),
        overflow: await findOverflowAtAnySize(phone),
      }
      phone.console_errors.splice(0) // caused by the inspection itself
    })
    return found
  })())

const nothing = (): Record<string, string[]> =>
  Object.fromEntries([...Object.keys(pages), 'the signing page'].map((name) => [name, []]))

test(
  'no page has an accessibility violation',
  { tag: '@dark' },
  async ({ of, openPhone, colorScheme }) => {
    if (colorScheme === 'light') return expect(await of('violations')).toEqual(nothing())
    const phone = await openPhone(payer)
    await visitPages(phone, async (name) =>
      expect([name, ...(await violationsOf(phone))]).toEqual([name]),
    )
  },
)

for (const [name, state] of Object.entries(states)) {
  test(`no accessibility violation or overflow in the state: ${name}`, async ({
    openPhone,
    world,
  }) => {
    const phone = await openPhone(undefined, { privacy_agreed: state.privacy_agreed ?? true })
    await state.enter(phone, world)
    expect(await violationsOf(phone)).toEqual([])
    expect(await findOverflowAtAnySize(phone)).toEqual([])
    await phone.page.emulateMedia({ colorScheme: 'dark' })
    await expect
      .poll(() =>
        phone.page.evaluate(() =>
          getComputedStyle(document.documentElement).getPropertyValue('--ground'),
        ),
      )
      .toBe('#0c1213')
    await phone.page.evaluate(finishAnimations)
    expect(
      (
        await new AxeBuilder({ page: phone.page }).withRules('color-contrast').analyze()
      ).violations.map(({ nodes }) => nodes.map(({ target }) => target.join(' '))),
    ).toEqual([])
  })
}

test('no page in 关怀版 has an accessibility violation or overflow', async ({ openPhone }) => {
  const phone = await openPhone(payer)
  await phone.open('/')
  await phone.button('关怀版').tap()
  await visitPages(phone, async (name) => {
    if (name === 'the signing page') return
    expect(await phone.page.evaluate(() => document.documentElement.dataset['size'])).toBe('large')
    expect([
      name,
      ...(await violationsOf(phone)),
      ...(await phone.page.evaluate(findOverflow)),
    ]).toEqual([name])
  })
})

test('no page violates the content security policy or logs an error', async ({ of }) =>
  expect(await of('console_errors')).toEqual(nothing()))

/** Content beyond the right edge of the screen, or clipped inside its own box. */
function findOverflow(): string[] {
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
    .map((one) => `clipped: ${one.textContent?.trim().slice(0, 30)}`)
  return [...wide, ...hidden]
}

/**
 * Simulates Android's textZoom at 200 %: all text grows, whatever its unit, and nothing else does.
 */
function zoomText(): void {
  document.documentElement.style.fontSize = ''
  const sizes = [...document.querySelectorAll<HTMLElement>('body *')].map(
    (one) => [one, parseFloat(getComputedStyle(one).fontSize)] as const,
  )
  for (const [one, size] of sizes) one.style?.setProperty('font-size', `${2 * size}px`, 'important')
}

async function findOverflowAtAnySize(phone: Phone): Promise<string[]> {
  const found: string[] = []
  const inspect = async (size: string) =>
    found.push(...(await phone.page.evaluate(findOverflow)).map((one) => `${size}: ${one}`))
  for (const size of ['100%', '200%']) {
    await phone.page.evaluate((font) => void (document.documentElement.style.fontSize = font), size)
    await inspect(size)
  }
  await phone.page.evaluate(zoomText)
  await inspect('textZoom 200')
  return found
}

test('nothing overflows at 360 px, also with text at 200 %', async ({ of }) =>
  expect(await of('overflow')).toEqual(nothing()))

test('nothing overflows in English', async ({ openPhone }) => {
  const phone = await openPhone(payer)
  await phone.open()
  await phone.button('English').tap()
  await expect(phone.page.locator('html[lang=en]')).toBeVisible()
  for (const [name, { path }] of Object.entries(pages)) {
    await phone.open(path)
    await expect(phone.page.locator('main h1, main h2').first()).toBeVisible()
    await expect(phone.page.getByText('Loading…')).toHaveCount(0)
    expect([name, ...(await findOverflowAtAnySize(phone))]).toEqual([name])
  }
})

/** Buttons and links below 44 px, except links inside a sentence. */
const findSmallTargets = (): string[] =>
  [...document.querySelectorAll('main button, main a, main summary, main label')]
    .filter((one) => one.getClientRects().length > 0 && getComputedStyle(one).display !== 'inline')
    .map((one) => [one.textContent?.trim(), one.getBoundingClientRect()] as const)
    .filter(([, { height, width }]) => height < 44 || width < 44)
    .map(([name, { height, width }]) => `${name} ${Math.round(width)}×${Math.round(height)}`)

test('every tap target is at least 44 px high and wide', async ({ of }) =>
  expect(await of('small')).toEqual(nothing()))

test('nothing is animated where the phone prefers reduced motion', async ({ openPhone }) => {
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

test('the accessibility checks detect what they are for', async ({ openPhone }) => {
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
  expect(await phone.page.evaluate(findSmallTargets)).toEqual(['小 20×20'])
  await add('p', '一行很长的文字', 'width: 30px; overflow: hidden; white-space: nowrap')
  await add('p', '宽', 'width: 500px')
  expect(await phone.page.evaluate(findOverflow)).toEqual([
    expect.stringContaining('px wide'),
    'clipped: 一行很长的文字',
  ])
  await add('p', '看不清的一行字', 'color: #eee; background: #fff')
  expect(
    (await new AxeBuilder({ page: phone.page }).analyze()).violations.map(({ id }) => id),
  ).toContain('color-contrast')
  expect(phone.console_errors).toEqual([])
  await add('script', 'window.ran = true', '')
  await expect
    .poll(() => phone.console_errors)
    .toEqual([expect.stringContaining('Content Security Policy')])
})
