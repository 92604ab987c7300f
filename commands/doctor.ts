import { readFileSync } from 'node:fs'
import { readCatalogue } from '../server/plans/catalogue.ts'
import { explainNotice, type NoticeExplanation } from '../server/unionpay/explain-notice.ts'
import { decryptUserField } from '../server/unionpay/user-field.ts'
import { loadNoticeKeys } from '../server/unionpay/notice-keys.ts'
import { looksLikeGatewayMessage } from '../server/unionpay/gateway/explain/detect.ts'
import { readProfiles } from '../server/unionpay/gateway/profile/load-profiles.ts'
import { say } from '../server/unionpay/gateway/profile/problems.ts'
import { filesOf, parseWords, stop, tryTo } from './parts/doctor-options.ts'
import { printPfx } from './parts/print-pfx.ts'
import { verifyGatewayMessage } from './parts/verify-gateway-message.ts'

/**
 * Checks what was captured or configured: messages of UnionPay, key files, the plan catalogue, charge profiles, encrypted fields.
 * Exit 0: valid · 1: not · 2: wrong use.
 */
const usage = `usage: npm run -s doctor -- …
  verify FILE --root PEM --middle PEM [--at TIME] [--json]    check a captured gateway message: raw synchronous answer, form-encoded
         [--owner strict|test] [--secure-key FILE] [--cert PEM]    notification, or a JSON object of its fields, as of that time
  verify FILE [--key PEM[,PEM]] [--json]                      check a captured termination notice (raw query or form body)
  pfx FILE --password P | --password-file FILE [--json]       subject, certId and dates of a merchant's key file
  plans [FILE]                                                check the plan catalogue
  profiles FILE                                               check your own charge profiles
  decrypt VALUE --key-file FILE                               open an encrypted user field (3DES; FILE holds the 48-digit key)`

const { values, positionals } = tryTo(parseWords)
const [verb, file] = positionals

if (verb === 'verify' && file) verify(file)
else if (verb === 'pfx' && file) printPfx(file, values)
else if (verb === 'plans') plans(file ?? process.env.PLANS_FILE ?? 'plans.yaml')
else if (verb === 'profiles' && file) profiles(file)
else if (verb === 'decrypt' && file && values['key-file']) decrypt(file, values['key-file'])
else stop(usage)

function verify(file: string): void {
  const bytes = tryTo(() => readFileSync(file))
  if (looksLikeGatewayMessage(bytes) || values.root) verifyGatewayMessage(bytes, values)
  else verifyNotice(bytes.toString('utf8'))
}

function verifyNotice(text: string): void {
  const setting = values.key ?? process.env.UNIONPAY_NOTICE_KEY_FILES
  const keys = tryTo(() => loadNoticeKeys(setting ? filesOf(setting) : null))
  const found = explainNotice(text, keys)
  if (values.json) console.log(JSON.stringify(found, null, 2))
  else print(found, setting ?? "UnionPay's published key")
  process.exitCode = found.valid ? 0 : 1
}

function print(found: NoticeExplanation, key: string): void {
  console.log(found.valid ? 'VALID' : `NOT VALID: ${found.problem}`)
  console.log(`key: ${key}\n`)
  const width = Math.max(0, ...found.fields.map((field) => field.name.length))
  for (const { name, value, remark } of found.fields) console.log(`  ${name.padEnd(width)}  ${value}${remark ? `   ← ${remark}` : ''}`)
  if (found.valid) return
  console.log('\nstring to sign:')
  console.log(`  ${found.signed_text}`)
  console.log('\nwhy:')
  for (const cause of found.causes) console.log(`  - ${cause}`)
}

function plans(file: string): void {
  const { plans, problems } = readCatalogue(tryTo(() => readFileSync(file, 'utf8')))
  for (const problem of problems) console.log(`${file}: ${problem}`)
  if (problems.length === 0) console.log(`${file}: ${plans.length} plans, nothing wrong`)
  process.exitCode = problems.length === 0 ? 0 : 1
}

function profiles(file: string): void {
  const { profiles, problems } = readProfiles(tryTo(() => readFileSync(file, 'utf8')))
  for (const problem of problems) console.log(say(problem))
  if (problems.length === 0) console.log(`${file}: ${profiles.map(({ name }) => name).join(', ')}: nothing wrong`)
  process.exitCode = problems.length === 0 ? 0 : 1
}

function decrypt(value: string, key_file: string): void {
  console.log(tryTo(() => decryptUserField(readFileSync(key_file, 'utf8').trim(), value)))
}
