import { fileURLToPath } from 'node:url'

/**
 * Where the program runs, and the app and merchants it knows. What the panel can change at run time
 * is in switches.ts.
 */
export type Settings = Readonly<{
  port: number
  data_dir: string
  pages_dir: string
  templates_file: string
  app_id: string
  app_secret: string
  /**
   * hosts with port, as registered for the app: only these may be redirect targets and use the
   * bridge
   */
  app_domains: readonly string[]
  notice_url: string
  h5_url: string
  shop_server_url: string
  shop_key_file: string | null
  /** merchant numbers registered at the gateway; each gets a signing certificate */
  merchants: readonly string[]
  /** host names besides the loopback's under which the control API may be called */
  hosts: readonly string[]
  /** trId that goes with every contract number */
  tr_id: string
}>

const beside = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** The synthetic app that every new sandbox knows; never valid at UnionPay. */
export const sandboxApp = {
  app_id: '5ab0c0de5ab0c0de5ab0c0de5ab0c0de',
  app_secret: '5ec0e75ec0e75ec0e75ec0e75ec0e755',
}

/** Reads the environment. Returns the settings, or every problem found, each with its remedy. */
export function readSettings(
  env: Record<string, string | undefined>,
): { settings: Settings } | { problems: string[] } {
  const problems: string[] = []
  const text = (name: string, fallback: string): string => env[name]?.trim() || fallback
  const address = (name: string, fallback: string): string => {
    const value = text(name, fallback)
    if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
      problems.push(`${name} is not an http(s) address: write it like ${fallback}`)
    }
    return value
  }
  const port = Number(text('SANDBOX_PORT', '4601'))
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    problems.push('SANDBOX_PORT must be a port number, 0 to 65535')
  const app_id = text('SANDBOX_APP_ID', sandboxApp.app_id)
  if (!/^[0-9A-Za-z_]{1,32}$/.test(app_id))
    problems.push('SANDBOX_APP_ID must be 1 to 32 letters and digits')
  const app_domains = text('SANDBOX_APP_DOMAINS', 'localhost:4600')
    .split(',')
    .map((host) => host.trim())
    .filter(Boolean)
  for (const host of app_domains) {
    if (!URL.canParse(`http://${host}/`) || host.includes('/'))
      problems.push(`SANDBOX_APP_DOMAINS: "${host}" is not a host like localhost:4600`)
  }
  const merchants = text('SANDBOX_MERCHANTS', '898310148160568,898310148160569')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)
  for (const one of merchants)
    if (!/^[0-9A-Za-z]{15}$/.test(one))
      problems.push(`SANDBOX_MERCHANTS: "${one}" is not 15 letters and digits`)
  const hosts = text('SANDBOX_HOSTS', '')
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter(Boolean)
  for (const host of hosts)
    if (!/^[a-z0-9._-]+$|^[0-9a-f:]+$/.test(host))
      problems.push(
        `SANDBOX_HOSTS: "${host}" is not a name like sandbox or 192.168.1.20, without port`,
      )
  const tr_id = text('SANDBOX_TR_ID', '62000000001')
  if (!/^\d{1,32}$/.test(tr_id)) problems.push('SANDBOX_TR_ID must be 1 to 32 digits')
  const settings: Settings = Object.freeze({
    port,
    data_dir: text('SANDBOX_DATA_DIR', './data/sandbox'),
    pages_dir: text('SANDBOX_PAGES_DIR', beside('../dist/sandbox')),
    templates_file: text('SANDBOX_TEMPLATES_FILE', beside('./templates.yaml')),
    app_id,
    app_secret: text('SANDBOX_APP_SECRET', sandboxApp.app_secret),
    app_domains,
    notice_url: address('SANDBOX_NOTICE_URL', 'http://localhost:4600/notify/termination'),
    h5_url: address('SANDBOX_H5_URL', 'http://localhost:4600/'),
    shop_server_url: address('SANDBOX_SHOP_SERVER_URL', 'http://localhost:4600'),
    shop_key_file: env.SANDBOX_SHOP_KEY_FILE?.trim() || null,
    merchants,
    hosts,
    tr_id,
  })
  return problems.length > 0 ? { problems } : { settings }
}
