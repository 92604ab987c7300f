import { existsSync } from 'node:fs'
import { chromium, type Browser, type LaunchOptions } from '@playwright/test'
import { fact_within_ms, timeLimit } from '../support/time-limits.ts'

/** Let Chromium run as root and offline, and prevent background requests. */
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

/** CHROMIUM_PATH, else an installed Chromium, else the packaged one. */
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
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x' // makes the package unpack the libraries that a minimal system lacks
  const fonts = process.env.FONTCONFIG_PATH
  const { default: packaged } = await import('@sparticuz/chromium')
  // the package sets a folder of its own, which hides the system's Chinese fonts
  if (fonts === undefined) delete process.env.FONTCONFIG_PATH
  return packaged.executablePath()
}

/**
 * For measurements outside a test runner. Its pages use the time limit of `until`. Close it after
 * use.
 */
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
