import { existsSync } from 'node:fs'
import { chromium, type Browser, type LaunchOptions } from '@playwright/test'
import { fact_within_ms, timeLimit } from '../support/time-limits.ts'

/** They let it run as root and offline, and keep it from talking to anybody but the page. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** CHROMIUM_PATH, else an installed one, else the one that comes with the install. */
export async function chromiumOptions(): Promise<LaunchOptions> {
  const known = process.env.CHROMIUM_PATH || installed.find((path) => existsSync(path))
  return {
    executablePath: known ?? (await bundled()),
    headless: true,
    args: flags,
    timeout: timeLimit(120_000),
  }
}

async function bundled(): Promise<string> {
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x' // makes the package bring the libraries a bare system lacks
  const fonts = process.env.FONTCONFIG_PATH
  const { default: packaged } = await import('@sparticuz/chromium')
  // the package points it at a folder of its own, which hides the system's Chinese fonts
  if (fonts === undefined) delete process.env.FONTCONFIG_PATH
  return packaged.executablePath()
}

/** For measurements, which no test runner starts. Its pages wait for facts as long as `until` does. Close it after use. */
export async function launchChromium(): Promise<Browser> {
  const browser = await chromium.launch(await chromiumOptions())
  const newContext = browser.newContext.bind(browser)
  browser.newContext = async (options) => {
    const context = await newContext(options)
    context.setDefaultTimeout(fact_within_ms)
    return context
  }
  return browser
}
