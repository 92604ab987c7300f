import { plainText } from '../../server/kernel/plain-bytes.ts'
import { explainNotices, type CapturedNotice } from '../../server/unionpay/choose-notices.ts'
import { explainOpenAnswer } from '../../server/unionpay/explain-answer.ts'
import type { FieldRemark } from '../../server/unionpay/explain-notice.ts'
import { addressIn, explainReturn, looksLikeReturn } from '../../server/unionpay/explain-return.ts'
import { loadNoticeKeys } from '../../server/unionpay/notice-keys.ts'
import { filesOf, tryTo, type DoctorOptions } from './doctor-options.ts'

/**
 * `doctor verify` for what carries no name of the gateway's: a return address, else termination
 * notices.
 */
export function verifyNoticeOrReturn(bytes: Buffer, values: DoctorOptions): void {
  const address = addressIn(plainText(bytes))
  if (looksLikeReturn(address)) verifyReturn(address, values)
  else verifyNotices(bytes, values)
}

/** Exit 0 all are valid, 1 not, 2 wrong use. */
function verifyNotices(bytes: Buffer, values: DoctorOptions): void {
  const setting = values.key ?? process.env.UNIONPAY_NOTICE_KEY_FILES
  const keys = tryTo(() => loadNoticeKeys(setting ? filesOf(setting) : null))
  const found = explainNotices(bytes, keys)
  const [first, ...others] = found
  if (values.json) console.log(JSON.stringify({ ...first, others }, null, 2))
  else for (const one of found) printNotice(one, setting ?? "UnionPay's published key")
  process.exitCode = found.every(({ valid }) => valid) ? 0 : 1
}

function printNotice(found: CapturedNotice, key: string): void {
  console.log(found.valid ? 'VALID' : `NOT VALID: ${found.problem}`)
  console.log(`form: ${found.form}`)
  console.log(`key: ${key}\n`)
  printFields(found.fields)
  if (found.valid) return
  console.log('\nstring to sign:')
  console.log(`  ${found.signed_text}`)
  console.log('\nwhy:')
  for (const cause of found.causes) console.log(`  - ${cause}`)
}

/**
 * `doctor verify` for a return address of the authorisation or signing page. Exit 0 its code can be
 * exchanged, 1 not.
 */
function verifyReturn(text: string, values: DoctorOptions): void {
  const found = explainReturn(text)
  if (values.json) console.log(JSON.stringify(found, null, 2))
  else {
    console.log(
      found.valid
        ? 'USABLE: the code can be exchanged (only `token` knows whether it is genuine and unused)'
        : 'NOT USABLE',
    )
    console.log(`return address that brought: ${found.brought.replace('_', ' ')}\n`)
    printFields(found.fields)
    if (found.causes.length > 0)
      console.log(`\nwhy:\n${found.causes.map((cause) => `  - ${cause}`).join('\n')}`)
  }
  process.exitCode = found.valid ? 0 : 1
}

/**
 * `doctor verify` for answers of the open platform, which nobody signs. Exit 0 all say yes, 1 one
 * says no or looks wrong.
 */
export function verifyOpenAnswers(
  answers: readonly Record<string, unknown>[],
  values: DoctorOptions,
): void {
  const all = answers.map(explainOpenAnswer)
  const [first, ...others] = all
  if (values.json) console.log(JSON.stringify({ ...first, others }, null, 2))
  else
    for (const found of all) {
      console.log(`${found.valid ? 'SUCCESS' : 'NO SUCCESS'}: resp ${found.resp}, ${found.means}\n`)
      printFields(found.fields)
      if (found.causes.length > 0)
        console.log(`\nwhy:\n${found.causes.map((cause) => `  - ${cause}`).join('\n')}`)
    }
  process.exitCode = all.every(({ valid }) => valid) ? 0 : 1
}

function printFields(fields: readonly FieldRemark[]): void {
  const width = Math.max(0, ...fields.map((field) => field.name.length))
  for (const { name, value, remark } of fields)
    console.log(`  ${name.padEnd(width)}  ${value}${remark ? `   ← ${remark}` : ''}`)
}
