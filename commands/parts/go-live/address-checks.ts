import type { Settings } from '../../../server/settings.ts'
import {
  fail,
  lack,
  ok,
  sentenceOf,
  warn,
  type Check,
} from '../../../server/offline-checks/check.ts'

const patience_ms = 5_000
const names = [
  'PUBLIC_URL',
  'UNIONPAY_OPEN_URL',
  'UNIONPAY_GATEWAY_URL',
  'UNIONPAY_FILE_URL',
  'UPSDK_URL',
] as const

/** Every address is https; production refuses to start otherwise. */
export function checkSchemes(settings: Settings): Check[] {
  const plain = names.filter((name) =>
    (settings[name.toLowerCase() as 'public_url'] as string | undefined)?.startsWith('http:'),
  )
  return [
    plain.length === 0
      ? ok('addresses', 'all are https')
      : lack(
          settings.unionpay_env === 'production',
          'addresses',
          `not https: ${plain.join(', ')}`,
          'anybody on the way reads and changes what goes there: use https',
        ),
  ]
}

/**
 * Ours is reached under the name that UnionPay was given: the server, its page, and what the page
 * loads.
 */
export async function checkOurs(settings: Settings): Promise<Check[]> {
  const reached = await checkReached(settings)
  return reached.state === 'ok'
    ? [reached, await checkNotices(settings), await checkPage(settings)]
    : [reached]
}

/** A page that came without its scripts stays empty in the payer's hand. */
async function checkPage({ public_url }: Settings): Promise<Check> {
  const page = `${public_url}/`
  const mend =
    'build the pages (npm run build), and let the proxy lead every path of this name to the server'
  try {
    const answer = await get(page)
    const html = await answer.text()
    const source = /<script[^>]*\ssrc="([^"]+)"/.exec(html)?.[1]
    if (answer.status !== 200 || source === undefined)
      return fail('addresses', `${page} is not the page (status ${answer.status})`, mend)
    const script = new URL(source, page).href
    const loaded = await get(script)
    const type = loaded.headers.get('content-type') ?? 'none'
    await loaded.body?.cancel()
    return loaded.status === 200 && /javascript/.test(type)
      ? ok('addresses', `${page} and its script ${source} are there`)
      : fail(
          'addresses',
          `${page} is dead: its script ${script} is answered with status ${loaded.status}, content-type ${type}`,
          mend,
        )
  } catch (error) {
    return fail('addresses', `${page} is not reached from here (${sentenceOf(error)})`, mend)
  }
}

const get = (address: string): Promise<Response> =>
  fetch(address, { signal: AbortSignal.timeout(patience_ms), redirect: 'manual' })

async function checkReached({ public_url }: Settings): Promise<Check> {
  const address = `${public_url}/health/ready`
  try {
    const { status } = await get(address)
    if (status === 200) return ok('addresses', `${address} answers`)
    return fail(
      'addresses',
      `${address} answers ${status}`,
      'start the server, or let the proxy lead this name to it',
    )
  } catch (error) {
    return warn(
      'addresses',
      `${address} is not reached from here (${sentenceOf(error)})`,
      'start the server; if it runs, open the address from outside your network',
    )
  }
}

/** 解约结果通知地址: an unsigned call must reach our server and be refused by it, in JSON. */
async function checkNotices({ public_url }: Settings): Promise<Check> {
  const address = `${public_url}/notify/termination`
  try {
    const answer = await get(address)
    const body = (await answer.json().catch(() => null)) as { code?: string } | null
    if (body?.code === 'notification_invalid')
      return ok('addresses', `${address} refuses what is not signed`)
    return fail(
      'addresses',
      `${address} is answered by something else (status ${answer.status})`,
      "UnionPay's notices must reach this server: mend the proxy",
    )
  } catch (error) {
    return warn(
      'addresses',
      `${address} is not reached from here (${sentenceOf(error)})`,
      'open it from outside your network',
    )
  }
}
