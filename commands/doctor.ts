import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readCatalogue } from '../server/plans/catalogue.ts'
import { explainNotice, type NoticeExplanation } from '../server/unionpay/explain-notice.ts'
import { decryptUserField } from '../server/unionpay/user-field.ts'
import { loadNoticeKeys } from '../server/unionpay/notice-keys.ts'

/**
 * `npm run -s doctor -- verify FILE [--key PEM] [--json]`: is this captured notification valid, and if not, why.
 * `npm run -s doctor -- plans [FILE]`: is the plan catalogue right. Exit 0: valid · 1: not · 2: wrong use.
 */
const usage = `usage:
  npm run -s doctor -- verify FILE [--key PEM[,PEM]] [--json]   check a captured notification (raw query or form body)
  npm run -s doctor -- plans [FILE]                             check the plan catalogue
  npm run -s doctor -- decrypt VALUE --key-file FILE            open an encrypted user field (3DES; FILE holds the 48-digit key)`

const { values, positionals } = parse()
const [verb, file] = positionals

if (verb === 'verify' && file) verify(file)
else if (verb === 'plans') plans(file ?? process.env.PLANS_FILE ?? 'plans.yaml')
else if (verb === 'decrypt' && file && values['key-file']) decrypt(file, values['key-file'])
else stop(usage)

function verify(file: string): void {
  const setting = values.key ?? process.env.UNIONPAY_NOTICE_KEY_FILES
  const keys = tryTo(() => loadNoticeKeys(setting ? setting.split(',').map((f) => f.trim()) : null))
  const found = explainNotice(tryTo(() => readFileSync(file, 'utf8')), keys)
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

function decrypt(value: string, key_file: string): void {
  console.log(tryTo(() => decryptUserField(readFileSync(key_file, 'utf8').trim(), value)))
}

type Words = { values: { key?: string | undefined; json?: boolean | undefined; 'key-file'?: string | undefined }; positionals: string[] }

function parse(): Words {
  return tryTo(() => parseArgs({ allowPositionals: true, options: { key: { type: 'string' }, json: { type: 'boolean' }, 'key-file': { type: 'string' } } }))
}

function tryTo<Value>(action: () => Value): Value {
  try {
    return action()
  } catch (error) {
    return stop((error as Error).message)
  }
}

function stop(sentence: string): never {
  console.error(sentence)
  process.exit(2)
}
