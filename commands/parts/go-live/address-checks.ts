import type { Settings } from '../../../server/settings.ts'
import { fail, lack, ok, sentenceOf, warn, type Check } from './check.ts'

const patience_ms = 5_000
const names = [
  'PUBLIC_URL',
  'UNIONPAY_OPEN_URL',
  'UNIONPAY_GATEWAY_URL',
  'UNIONPAY_FILE_URL',
  'UPSDK_URL',
] as const

/** Every address is https (production refuses to start otherwise), and ours is reached under the name that UnionPay was given. */
export async function checkAddresses(settings: Settings): Promise<Check[]> {
  const production = settings.unionpay_env === 'production'
  const plain = names.filter((name) =>
    settings[name.toLowerCase() as 'public_url'].startsWith('http:'),
  )
  const scheme =
    plain.length === 0
      ? ok('addresses', 'all are https')
      : lack(
          production,
          'addresses',
          `not https: ${plain.join(', ')}`,
          'anybody on the way reads and changes what goes there: use https',
        )
  return [scheme, ...(await checkOurs(settings))]
}

async function checkOurs(settings: Settings): Promise<Check[]> {
  const reached = await checkReached(settings)
  return reached.state === 'ok' ? [reached, await checkNotices(settings)] : [reached]
}

async function checkReached({ public_url }: Settings): Promise<Check> {
  const address = `${public_url}/health/ready`
  try {
    const { status } = await fetch(address, {
      signal: AbortSignal.timeout(patience_ms),
      redirect: 'manual',
    })
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
    const answer = await fetch(address, {
      signal: AbortSignal.timeout(patience_ms),
      redirect: 'manual',
    })
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
