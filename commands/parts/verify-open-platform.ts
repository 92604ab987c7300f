import { explainOpenAnswer } from '../../server/unionpay/explain-answer.ts'
import {
  explainNotice,
  type FieldRemark,
  type NoticeExplanation,
} from '../../server/unionpay/explain-notice.ts'
import { explainReturn } from '../../server/unionpay/explain-return.ts'
import { loadNoticeKeys } from '../../server/unionpay/notice-keys.ts'
import { filesOf, tryTo, type DoctorOptions } from './doctor-options.ts'

/** `doctor verify` for a termination notice: raw query, form body or whole address. Exit 0 valid, 1 not, 2 wrong use. */
export function verifyNotice(text: string, values: DoctorOptions): void {
  const setting = values.key ?? process.env.UNIONPAY_NOTICE_KEY_FILES
  const keys = tryTo(() => loadNoticeKeys(setting ? filesOf(setting) : null))
  const found = explainNotice(text, keys)
  if (values.json) console.log(JSON.stringify(found, null, 2))
  else printNotice(found, setting ?? "UnionPay's published key")
  process.exitCode = found.valid ? 0 : 1
}

function printNotice(found: NoticeExplanation, key: string): void {
  console.log(found.valid ? 'VALID' : `NOT VALID: ${found.problem}`)
  console.log(`key: ${key}\n`)
  printFields(found.fields)
  if (found.valid) return
  console.log('\nstring to sign:')
  console.log(`  ${found.signed_text}`)
  console.log('\nwhy:')
  for (const cause of found.causes) console.log(`  - ${cause}`)
}

/** `doctor verify` for a return address of the authorisation or signing page. Exit 0 its code can be exchanged, 1 not. */
export function verifyReturn(text: string, values: DoctorOptions): void {
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

/** `doctor verify` for an answer of the open platform, which nobody signs. Exit 0 it says yes, 1 it says no or looks wrong. */
export function verifyOpenAnswer(answer: Record<string, unknown>, values: DoctorOptions): void {
  const found = explainOpenAnswer(answer)
  if (values.json) console.log(JSON.stringify(found, null, 2))
  else {
    console.log(`${found.valid ? 'SUCCESS' : 'NO SUCCESS'}: resp ${found.resp}, ${found.means}\n`)
    printFields(found.fields)
    if (found.causes.length > 0)
      console.log(`\nwhy:\n${found.causes.map((cause) => `  - ${cause}`).join('\n')}`)
  }
  process.exitCode = found.valid ? 0 : 1
}

function printFields(fields: readonly FieldRemark[]): void {
  const width = Math.max(0, ...fields.map((field) => field.name.length))
  for (const { name, value, remark } of fields)
    console.log(`  ${name.padEnd(width)}  ${value}${remark ? `   ← ${remark}` : ''}`)
}
