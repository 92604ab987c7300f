import {
  expect,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from '@playwright/test'
import type { Payer } from '../support/payer.ts'
import type { OpenContext } from './contexts.ts'

/**
 * User agents with the tokens that the wallet appends on each platform (h5-bridge §1.1), and one
 * without the wallet.
 */
export const agents = {
  android:
    'Mozilla/5.0 (Linux; Android 13; V2254A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/135.0.7049.38 Mobile Safari/537.36(com.unionpay.mobilepay) (cordova 7.0.0) (updebug 0) (clientVersion 322) (version 1022)(UnionPay/1.0 CloudPay)(language zh_CN)(languageFamily zh_CN)(upHtml)(walletMode 00)',
  ios: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 (com.unionpay.chsp) (cordova 4.5.4) (updebug 0) (version 1024) (UnionPay/1.0 CloudPay) (clientVersion 324) (language zh_CN) (languageFamily zh_CN) (upHtml) (walletMode 00)',
  /**
   * assembled from the system's own part (h5-bridge §1.2) and Android's tokens, because the
   * wallet's real one is unknown
   */
  harmonyos:
    'Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile (com.unionpay.mobilepay) (cordova 7.0.0) (updebug 0) (clientVersion 322) (version 1022)(UnionPay/1.0 CloudPay)(language zh_CN)(languageFamily zh_CN)(upHtml)(walletMode 00)',
  /** the same without a wallet token: only the script knows that it runs in the wallet */
  harmonyos_plain:
    'Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile',
  browser:
    'Mozilla/5.0 (Linux; Android 13; V2254A) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/135.0.7049.38 Mobile Safari/537.36',
  /** a wallet without `(cordova N)`: the script lacks the admission methods */
  old_app:
    'Mozilla/5.0 (Linux; Android 9; wv) Version/4.0 Chrome/78.0 Mobile Safari/537.36(com.unionpay.mobilepay) (updebug 0) (version 412)',
} as const

export type PhoneOptions = { agent?: keyof typeof agents; privacy_agreed?: boolean } & Pick<
  BrowserContextOptions,
  'colorScheme' | 'reducedMotion' | 'storageState'
>

export type Phone = ReturnType<typeof createPhone>

/** A 360×640 phone with the payer's wallet. It opens the H5 as the wallet does: at top level. */
export async function openPhone(
  openContext: OpenContext,
  server_url: string,
  payer: Payer,
  options: PhoneOptions = {},
): Promise<Phone> {
  const { agent = 'android', privacy_agreed = true, ...more } = options
  const context = await openContext({
    viewport: { width: 360, height: 640 },
    isMobile: true,
    hasTouch: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    userAgent: agents[agent],
    ...more,
  })
  await context.addCookies([
    { name: 'sandbox_wallet', value: payer.wallet_user, domain: 'localhost', path: '/' },
  ])
  if (privacy_agreed) await acceptPrivacy(context)
  const console_errors = recordErrors(context)
  return createPhone(context, await context.newPage(), server_url, payer, console_errors)
}

/**
 * Marks the privacy question as answered with yes. Tests of the question itself do not call this.
 */
export async function acceptPrivacy(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    try {
      if (localStorage.getItem('wugan.privacy') === null)
        localStorage.setItem('wugan.privacy', 'agreed')
    } catch {
      // a page without storage, such as about:blank
    }
  })
}

/** Records errors and warnings on the console, uncaught exceptions and policy violations. */
function recordErrors(context: BrowserContext): string[] {
  const console_errors: string[] = []
  // a 401 that leads to the silent sign-in is expected: the browser logs every status from 400
  const isExpected = (text: string) =>
    /^Failed to load resource: the server responded with a status of 4\d\d/.test(text)
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !isExpected(message.text()))
      console_errors.push(message.text())
  })
  context.on('weberror', (thrown) => console_errors.push(String(thrown.error())))
  return console_errors
}

function createPhone(
  context: BrowserContext,
  page: Page,
  server_url: string,
  payer: Payer,
  console_errors: string[],
) {
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
  const phone = {
    context,
    page,
    payer,
    console_errors,
    button,
    link: (name: string | RegExp) => page.getByRole('link', { name }),
    heading: (name: string | RegExp) => page.getByRole('heading', { name, exact: true }),
    consent: page.getByRole('checkbox', { name: '我已阅读并同意' }),
    /** the path after the hash */
    path: (): string => new URL(page.url()).hash.replace(/^#/, ''),
    /** sends a GET request as the page does: with its cookie and its proof */
    fetchJson: <Answer>(address: string): Promise<Answer> =>
      page.evaluate(async (path) => {
        const proof = JSON.parse(sessionStorage.getItem('wugan.proof') ?? '{}') as {
          secret?: string
        }
        const answer = await fetch(path, { headers: { 'x-session-proof': proof.secret ?? '' } })
        return (await answer.json()) as Answer
      }, address),
    /** loads one of our pages by its path */
    async open(path = '/'): Promise<void> {
      await page.goto('about:blank')
      await page.goto(`${server_url}/#${path}`)
    },
    /** from the plan page to UnionPay's signing page */
    async openSigningPage(plan_id: string): Promise<void> {
      await phone.open(`/plans/${plan_id}`)
      await phone.agreeAndContinue()
    },
    /** on the plan page: 同意, 去签约 */
    async agreeAndContinue(): Promise<void> {
      await phone.consent.check()
      await button('去签约').tap()
      await phone.expectSigningPage()
    },
    expectSigningPage: () => expect(button('拒绝')).toBeVisible(),
    /** 同意 on UnionPay's page, for plans without extra checks */
    async agree(): Promise<void> {
      await page.getByRole('checkbox').check()
      await button('同意并开通').tap()
    },
    refuse: () => button('拒绝').tap(),
    /** opens the plan and signs, up to 签约成功 */
    async sign(plan_id: string): Promise<void> {
      await phone.open(`/plans/${plan_id}`)
      await phone.signFromPlan()
    },
    /** signs from the plan page, up to 签约成功 */
    async signFromPlan(): Promise<void> {
      await phone.agreeAndContinue()
      await phone.agree()
      await expect(phone.heading('签约成功')).toBeVisible()
    },
  }
  return phone
}

/** Another web view of the same phone: it shares the cookies and nothing else. */
export async function openWebView(phone: Phone, server_url: string): Promise<Phone> {
  const page = await phone.context.newPage()
  return createPhone(phone.context, page, server_url, phone.payer, phone.console_errors)
}
