import {
  expect,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from '@playwright/test'
import type { Payer } from '../support/payer.ts'
import type { OpenContext } from './contexts.ts'

/** User agents as the wallet's two platforms append to them (h5-bridge §1.1), and one without the wallet. */
export const agents = {
  android:
    'Mozilla/5.0 (Linux; Android 13; V2254A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/135.0.7049.38 Mobile Safari/537.36(com.unionpay.mobilepay) (cordova 7.0.0) (updebug 0) (clientVersion 322) (version 1022)(UnionPay/1.0 CloudPay)(language zh_CN)(languageFamily zh_CN)(upHtml)(walletMode 00)',
  ios: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 (com.unionpay.chsp) (cordova 4.5.4) (updebug 0) (version 1024) (UnionPay/1.0 CloudPay) (clientVersion 324) (language zh_CN) (languageFamily zh_CN) (upHtml) (walletMode 00)',
  /** put together: the system's own part (h5-bridge §1.2) and Android's tokens, as no wallet of it is known */
  harmonyos:
    'Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile (com.unionpay.mobilepay) (cordova 7.0.0) (updebug 0) (clientVersion 322) (version 1022)(UnionPay/1.0 CloudPay)(language zh_CN)(languageFamily zh_CN)(upHtml)(walletMode 00)',
  /** the same without a token of the wallet: only its script can tell */
  harmonyos_plain:
    'Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile',
  browser:
    'Mozilla/5.0 (Linux; Android 13; V2254A) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/135.0.7049.38 Mobile Safari/537.36',
  /** a wallet without `(cordova N)`: the script comes without its entries */
  old_app:
    'Mozilla/5.0 (Linux; Android 9; wv) Version/4.0 Chrome/78.0 Mobile Safari/537.36(com.unionpay.mobilepay) (updebug 0) (version 412)',
} as const

export type PhoneOptions = { agent?: keyof typeof agents; asked_privacy?: boolean } & Pick<
  BrowserContextOptions,
  'colorScheme' | 'reducedMotion' | 'storageState'
>

export type Phone = ReturnType<typeof holdPhone>

/** A 360×640 phone with this person's wallet, and the H5 open in it as the wallet opens it: at top level. */
export async function openPhone(
  openContext: OpenContext,
  server_url: string,
  payer: Payer,
  options: PhoneOptions = {},
): Promise<Phone> {
  const { agent = 'android', asked_privacy = true, ...more } = options
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
  if (asked_privacy) await agreePrivacy(context)
  const complaints = listen(context)
  return holdPhone(context, await context.newPage(), server_url, payer, complaints)
}

/** The person of this browser agreed to the privacy notice before; tests of the question itself leave it out. */
export async function agreePrivacy(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    try {
      if (localStorage.getItem('wugan.privacy') === null)
        localStorage.setItem('wugan.privacy', 'agreed')
    } catch {
      // a page without storage, as of about:blank
    }
  })
}

/** What a page says on its console, throws, or has forbidden by its content security policy. */
function listen(context: BrowserContext): string[] {
  const complaints: string[] = []
  // a 401 that leads to the silent sign-in is no complaint: the browser notes every status of 400 and above
  const isExpected = (text: string) =>
    /^Failed to load resource: the server responded with a status of 4\d\d/.test(text)
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !isExpected(message.text()))
      complaints.push(message.text())
  })
  context.on('weberror', (thrown) => complaints.push(String(thrown.error())))
  return complaints
}

function holdPhone(
  context: BrowserContext,
  page: Page,
  server_url: string,
  payer: Payer,
  complaints: string[],
) {
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
  const phone = {
    context,
    page,
    payer,
    complaints,
    button,
    link: (name: string | RegExp) => page.getByRole('link', { name }),
    heading: (name: string | RegExp) => page.getByRole('heading', { name, exact: true }),
    consent: page.getByRole('checkbox', { name: '我已阅读并同意' }),
    /** the path behind the hash */
    place: (): string => new URL(page.url()).hash.replace(/^#/, ''),
    /** asks the server as the page does: with its cookie and its proof */
    ask: <Answer>(address: string): Promise<Answer> =>
      page.evaluate(async (path) => {
        const proof = JSON.parse(sessionStorage.getItem('wugan.proof') ?? '{}') as {
          secret?: string
        }
        const answer = await fetch(path, { headers: { 'x-session-proof': proof.secret ?? '' } })
        return (await answer.json()) as Answer
      }, address),
    /** one of our pages by its path, loaded anew */
    async open(path = '/'): Promise<void> {
      await page.goto('about:blank')
      await page.goto(`${server_url}/#${path}`)
    },
    /** from the plan's page to UnionPay's signing page */
    async toSigningPage(plan_id: string): Promise<void> {
      await phone.open(`/plans/${plan_id}`)
      await phone.consentAndGo()
    },
    /** on the plan's page: 同意, 去签约 */
    async consentAndGo(): Promise<void> {
      await phone.consent.check()
      await button('去签约').tap()
      await phone.atSigningPage()
    },
    atSigningPage: () => expect(button('拒绝')).toBeVisible(),
    /** 同意 on UnionPay's page, for plans that check nothing more */
    async agree(): Promise<void> {
      await page.getByRole('checkbox').check()
      await button('同意并开通').tap()
    },
    refuse: () => button('拒绝').tap(),
    /** the whole way to the page that says 签约成功 */
    async sign(plan_id: string): Promise<void> {
      await phone.open(`/plans/${plan_id}`)
      await phone.signHere()
    },
    /** the same from the plan's page */
    async signHere(): Promise<void> {
      await phone.consentAndGo()
      await phone.agree()
      await expect(phone.heading('签约成功')).toBeVisible()
    },
  }
  return phone
}

/** Another web view of the same phone: the cookies are there, nothing else is. */
export async function openWebView(phone: Phone, server_url: string): Promise<Phone> {
  const page = await phone.context.newPage()
  return holdPhone(phone.context, page, server_url, phone.payer, phone.complaints)
}
