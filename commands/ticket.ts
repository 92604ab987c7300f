import { decodeJwt } from 'jose'
import { appendAudit, type AuditLine } from '../server/audit/store.ts'
import { realClock } from '../server/kernel/clock.ts'
import { systemRandom } from '../server/kernel/ids.ts'
import { environmentOf, inspectSettings, readSettings } from '../server/settings.ts'
import { mintTicket, isUserId } from '../server/sign-in/ticket.ts'
import { findUser } from '../server/sign-in/store.ts'
import { readArguments, stopWithUsage } from './parts/arguments.ts'
import { authorOr } from './parts/author.ts'
import { inDatabase, runCommand } from './parts/run-command.ts'

/**
 * `wugan ticket --user U1001 [--name 张三]`: the address of the H5 with a fresh sign-in ticket, for
 * development. Whoever has a ticket comes as that user: each leaves a line in the audit trail
 * (`--author NAME` says whose), and production refuses.
 */
const { values } = readArguments('ticket')
const { user } = values
if (!isUserId(user)) stopWithUsage('ticket')
await runCommand(() => (environmentOf(process.env) === 'production' ? refuse() : mint(user)))

/**
 * Before anything else is read: what is wrong with the settings of production is no way around it.
 */
async function refuse(): Promise<void> {
  process.exitCode = 1
  console.error(
    'ticket refuses production: anybody who holds a ticket is signed in as that user. Your own pages mint them (docs/tickets.md); to try one out use UNIONPAY_ENV=sandbox or test.',
  )
  const { settings } = inspectSettings(process.env)
  // the embedded database is none of production's: without an address there is no trail
  const written =
    settings.database_url &&
    (await inDatabase(settings, (database) =>
      appendAudit(database.pool, lineOf('ticket.refused', 'ticket')),
    ).then(
      () => true,
      () => false,
    ))
  if (!written) console.error('The audit trail could not be reached, so this try left no line.')
}

async function mint(user_id: string): Promise<void> {
  const settings = readSettings(process.env)
  const ticket = await mintTicket(
    { user_id, display_name: values.name ?? null },
    new TextEncoder().encode(settings.ticket_secret),
    realClock,
    systemRandom,
  )
  await inDatabase(settings, async ({ pool }) => {
    const known = await findUser(pool, user_id)
    await appendAudit(
      pool,
      lineOf('ticket.minted', decodeJwt(ticket).jti ?? '', { user: known?.user_ref ?? null }),
    )
  })
  console.log(`${settings.public_url}/#ticket=${ticket}`)
}

function lineOf(action: string, subject: string, detail: AuditLine['detail'] = {}): AuditLine {
  return { author: authorOr(values.author), action, subject, detail }
}
