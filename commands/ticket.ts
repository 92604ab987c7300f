import { parseArgs } from 'node:util'
import { realClock } from '../server/kernel/clock.ts'
import { systemRandom } from '../server/kernel/ids.ts'
import { readSettings } from '../server/settings.ts'
import { mintTicket } from '../server/sign-in/mint-ticket.ts'
import { isUserId } from '../server/sign-in/ticket.ts'

/** `npm run -s ticket -- --user U1001 [--name 张三]`: the address of the H5 with a fresh sign-in ticket. Development only. */
const { values } = parseArgs({ options: { user: { type: 'string' }, name: { type: 'string' } } })
if (!isUserId(values.user)) {
  console.error(
    'usage: npm run -s ticket -- --user USER_ID [--name DISPLAY_NAME]   (1–64 visible ASCII characters)',
  )
  process.exit(2)
}
const settings = readSettings(process.env)
const secret = new TextEncoder().encode(settings.ticket_secret)
const ticket = await mintTicket(
  { user_id: values.user, display_name: values.name ?? null },
  secret,
  realClock,
  systemRandom,
)
console.log(`${settings.public_url}/#ticket=${ticket}`)
