import { realClock } from '../../server/kernel/clock.ts'
import { secureKeyDigest } from '../../server/unionpay/gateway/digests.ts'
import {
  readMessages,
  type ReadMessage,
} from '../../server/unionpay/gateway/explain/choose-messages.ts'
import {
  explainMessages,
  type Evidence,
  type MessageExplanation,
} from '../../server/unionpay/gateway/explain/explain-message.ts'
import { only_5_1_0 } from '../../server/unionpay/gateway/explain/find-causes.ts'
import { loadCertificates } from '../../server/unionpay/gateway/keys.ts'
import { readSecretFile } from '../../server/unionpay/key-files/read-file.ts'
import { filesOf, stop, tryTo, type DoctorOptions } from './doctor-options.ts'

/** Explains the first message of a captured file; the others are beside it. */
export type CapturedExplanation = MessageExplanation & { others: readonly MessageExplanation[] }

/** `doctor verify` for messages of the ACP gateway. Exit 0 all are valid, 1 not, 2 wrong use. */
export function verifyGatewayMessage(found: readonly ReadMessage[], options: DoctorOptions): void {
  const explained = explainAll(found, options)
  if (options.json) console.log(JSON.stringify(explained, null, 2))
  else
    [explained, ...explained.others].forEach((one, place, all) => {
      if (place > 0) console.log('')
      if (all.length > 1) console.log(`message ${place + 1} of ${all.length}`)
      print(one)
    })
  process.exitCode = [explained, ...explained.others].every(({ valid }) => valid) ? 0 : 1
}

/**
 * What of a captured file is right or wrong, held against the files that the options or settings
 * name.
 */
export const explainCaptured = (bytes: Buffer, options: DoctorOptions): CapturedExplanation =>
  explainAll(readMessages(bytes), options)

function explainAll(found: readonly ReadMessage[], options: DoctorOptions): CapturedExplanation {
  const [first, ...others] = explainMessages(
    found,
    tryTo(() => readEvidence(found, options)),
  )
  return { ...first, others }
}

function readEvidence(found: readonly ReadMessage[], options: DoctorOptions): Evidence {
  const at = options.at === undefined ? realClock.now() : new Date(options.at)
  if (Number.isNaN(at.getTime()))
    stop(`--at ${options.at ?? ''} is no time; write it as 2026-11-22T10:00:00+08:00`)
  const owner_rule = options.owner ?? (process.env.ACP_OWNER_RULE || 'strict')
  if (owner_rule !== 'strict' && owner_rule !== 'test')
    stop(`--owner ${owner_rule} must be strict or test`)
  const roots = loadCertificates(filesOf(options.root ?? process.env.ACP_ROOT_FILES))
  const verifying = loadCertificates(filesOf(options.cert ?? process.env.ACP_VERIFY_FILES))
  const key_file = options['secure-key'] ?? process.env.ACP_SECURE_KEY_FILE
  const secure_key = key_file ? readSecretFile(key_file) : null
  const missing = missingEvidence(found, {
    certificates: roots.length + verifying.length > 0,
    secure_key: secure_key !== null,
  })
  if (missing) stop(missing)
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

/** What must be given before anything can be said of these messages; null when it is there. */
function missingEvidence(
  found: readonly ReadMessage[],
  given: { certificates: boolean; secure_key: boolean },
): string | null {
  const has = (name: string, ...values: string[]): boolean =>
    found.some(
      ({ reading }) => reading.kind === 'read' && values.includes(reading.fields[name] ?? ''),
    )
  const shared = has('signMethod', '11', '12')
  if (shared && !given.secure_key)
    return 'this message is signed with the shared key: give --secure-key FILE (or ACP_SECURE_KEY_FILE)'
  if (shared || given.certificates) return null
  return has('version', '5.0.0')
    ? `this message is of version 5.0.0, which only names its certificate: give UnionPay's (acp_…_verify_sign.cer) with --cert FILE (or ACP_VERIFY_FILES); ${only_5_1_0}`
    : 'give the certificates: --root FILE --middle FILE (or ACP_ROOT_FILES and ACP_MIDDLE_FILES)'
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
