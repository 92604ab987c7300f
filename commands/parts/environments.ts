import { join, resolve } from 'node:path'

type Environment = Record<string, string | undefined>

/**
 * Where the two programs meet on one machine. `*_listens` differ from what is printed only behind
 * the dev servers.
 */
export type Addresses = {
  port: number
  sandbox_port: number
  public_url: string
  sandbox_url: string
  data_dir: string
}

/**
 * Reads PORT, SANDBOX_PORT, PUBLIC_URL and DATA_DIR. Every address uses the one host name
 * `localhost`, so that cookies meet.
 */
export function readAddresses(env: Environment): Addresses {
  const text = (name: string, otherwise: string): string => env[name]?.trim() || otherwise
  const port = portOf(text('PORT', '4600'), 4600)
  const sandbox_port = portOf(text('SANDBOX_PORT', '4601'), 4601)
  return {
    port,
    sandbox_port,
    public_url: text('PUBLIC_URL', `http://localhost:${port}`).replace(/\/+$/, ''),
    sandbox_url: `http://localhost:${sandbox_port}`,
    data_dir: resolve(text('DATA_DIR', 'data')),
  }
}

/** What is no port is reported under its own name; no other setting is wrong because of it. */
const portOf = (text: string, otherwise: number): number =>
  /^\d{1,5}$/.test(text) ? Number(text) : otherwise

/**
 * The server's environment beside a sandbox. What is set already wins; an empty value counts as not
 * set.
 */
export function serverEnvironment(at: Addresses, env: Environment): Environment {
  return overlay(env, {
    PORT: String(at.port),
    PUBLIC_URL: at.public_url,
    DATA_DIR: at.data_dir,
    UNIONPAY_OPEN_URL: at.sandbox_url,
    UPSDK_URL: `${at.sandbox_url}/s/open/js/upsdk.js`,
    UNIONPAY_NOTICE_KEY_FILES: join(at.data_dir, 'sandbox', 'notice-public.pem'),
    ...gatewayEnvironment(at),
    CLOCK_URL: `${at.sandbox_url}/_control/clock`,
    FRAME_ANCESTORS: at.sandbox_url,
    SHOP_KEY_FILE: join(at.data_dir, 'shop-key'),
  })
}

/** The sandbox's gateway, and what the sandbox made for its merchants at its first start. */
function gatewayEnvironment(at: Addresses): Record<string, string> {
  const acp = join(at.data_dir, 'sandbox', 'acp')
  return {
    UNIONPAY_GATEWAY_URL: at.sandbox_url,
    UNIONPAY_FILE_URL: at.sandbox_url,
    ACP_SECURE_KEY_FILE: join(acp, 'secure-key'),
    ACP_MERCHANTS: ['898310148160568', '898310148160569']
      .map((merchant) => `${merchant}:${join(acp, `merchant-${merchant}.pfx`)}`)
      .join(','),
    ACP_ROOT_FILES: join(acp, 'acp_root.pem'),
    ACP_MIDDLE_FILES: join(acp, 'acp_middle.pem'),
  }
}

/** The sandbox's environment beside a server. */
export function sandboxEnvironment(at: Addresses, env: Environment): Environment {
  return overlay(env, {
    SANDBOX_PORT: String(at.sandbox_port),
    SANDBOX_DATA_DIR: join(at.data_dir, 'sandbox'),
    SANDBOX_APP_DOMAINS: new URL(at.public_url).host,
    SANDBOX_NOTICE_URL: `${at.public_url}/notify/termination`,
    SANDBOX_H5_URL: `${at.public_url}/`,
    SANDBOX_SHOP_SERVER_URL: at.public_url,
    SANDBOX_SHOP_KEY_FILE: join(at.data_dir, 'shop-key'),
    ...appOf(env),
  })
}

/** An app of its own, which a sandbox on a public network must have, is known to both programs. */
const appOf = ({ UNIONPAY_APP_ID, UNIONPAY_APP_SECRET }: Environment): Record<string, string> => ({
  ...(UNIONPAY_APP_ID ? { SANDBOX_APP_ID: UNIONPAY_APP_ID } : {}),
  ...(UNIONPAY_APP_SECRET ? { SANDBOX_APP_SECRET: UNIONPAY_APP_SECRET } : {}),
})

function overlay(env: Environment, defaults: Record<string, string>): Environment {
  const merged: Environment = { ...env }
  for (const [name, value] of Object.entries(defaults)) merged[name] = env[name]?.trim() || value
  return merged
}
