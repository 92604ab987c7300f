import { readFileSync } from 'node:fs'
import { realClock } from '../../server/kernel/clock.ts'
import { secureKeyDigest } from '../../server/unionpay/gateway/digests.ts'
import {
  explainMessage,
  type Evidence,
  type MessageExplanation,
} from '../../server/unionpay/gateway/explain/explain-message.ts'
import { loadCertificates } from '../../server/unionpay/gateway/keys.ts'
import { filesOf, stop, tryTo, type DoctorOptions } from './doctor-options.ts'

/** `doctor verify` for a message of the ACP gateway. Exit 0 valid, 1 not, 2 wrong use. */
export function verifyGatewayMessage(bytes: Buffer, options: DoctorOptions): void {
  const found = explainCaptured(bytes, options)
  if (options.json) console.log(JSON.stringify(found, null, 2))
  else print(found)
  process.exitCode = found.valid ? 0 : 1
}

/** What of a captured message is right or wrong, held against the files that the options or settings name. */
export const explainCaptured = (bytes: Buffer, options: DoctorOptions): MessageExplanation =>
  explainMessage(
    bytes,
    tryTo(() => readEvidence(bytes, options)),
  )

function readEvidence(bytes: Buffer, options: DoctorOptions): Evidence {
  const at = options.at === undefined ? realClock.now() : new Date(options.at)
  if (Number.isNaN(at.getTime()))
    stop(`--at ${options.at ?? ''} is no time; write it as 2026-11-22T10:00:00+08:00`)
  const owner_rule = options.owner ?? (process.env.ACP_OWNER_RULE || 'strict')
  if (owner_rule !== 'strict' && owner_rule !== 'test')
    stop(`--owner ${owner_rule} must be strict or test`)
  const roots = loadCertificates(filesOf(options.root ?? process.env.ACP_ROOT_FILES))
  const verifying = loadCertificates(filesOf(options.cert ?? process.env.ACP_VERIFY_FILES))
  const key_file = options['secure-key'] ?? process.env.ACP_SECURE_KEY_FILE
  const secure_key = key_file ? readFileSync(key_file, 'utf8').trim() : null
  const shared_method = /signMethod"?\s*[=:]\s*"?1[12]\b/.test(bytes.toString('latin1'))
  if (roots.length === 0 && verifying.length === 0 && !shared_method)
    stop(
      'give the certificates: --root FILE --middle FILE (or ACP_ROOT_FILES and ACP_MIDDLE_FILES)',
    )
  if (shared_method && secure_key === null)
    stop(
      'this message is signed with the shared key: give --secure-key FILE (or ACP_SECURE_KEY_FILE)',
    )
  return {
    roots,
    verifying,
    middles: loadCertificates(filesOf(options.middle ?? process.env.ACP_MIDDLE_FILES)),
    owner_rule,
    at,
    shared:
      secure_key === null
        ? {}
        : { '11': secureKeyDigest('11', secure_key), '12': secureKeyDigest('12', secure_key) },
  }
}

function print({
  valid,
  problem,
  detail,
  form,
  at,
  certificate,
  fields,
  signed_text,
  remarks,
  causes,
}: MessageExplanation): void {
  console.log(valid ? 'VALID' : `NOT VALID: ${problem ?? ''}${detail ? ` (${detail})` : ''}`)
  console.log(`form: ${form} · checked as of ${at}`)
  if (certificate) {
    const { checks } = certificate
    const mark = (passed: boolean): string => (passed ? 'ok' : 'NO')
    console.log(`certificate: ${certificate.subject}`)
    console.log(
      `  certId ${certificate.cert_id} · ${certificate.valid_from} to ${certificate.valid_to} · ${certificate.days_left} days left`,
    )
    console.log(`  chain: ${certificate.chain.join(' ← ')}`)
    console.log(
      `  signature ${mark(checks.signature)} · chain ${mark(checks.chain)} · dates ${mark(checks.dates)} · owner ${mark(checks.owner)}`,
    )
  }
  const width = Math.max(0, ...fields.map((field) => field.name.length))
  console.log('')
  for (const { name, value, remark } of fields)
    console.log(`  ${name.padEnd(width)}  ${value}${remark ? `   ← ${remark}` : ''}`)
  for (const remark of remarks) console.log(`  note: ${remark}`)
  if (valid) return
  console.log(`\nstring to sign:\n  ${signed_text}\n\nwhy:`)
  for (const cause of causes) console.log(`  - ${cause}`)
}
