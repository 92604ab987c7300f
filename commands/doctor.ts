import { readFileSync } from 'node:fs'
import { readCatalogue } from '../server/plans/catalogue.ts'
import { most_captured_bytes } from '../server/unionpay/captured/find-captured.ts'
import { readOpenAnswers } from '../server/unionpay/explain-answer.ts'
import { readSecretFile } from '../server/unionpay/key-files/read-file.ts'
import { decryptUserField } from '../server/unionpay/user-field.ts'
import {
  holdsGatewayMessage,
  readMessages,
} from '../server/unionpay/gateway/explain/choose-messages.ts'
import { readProfiles } from '../server/unionpay/gateway/profile/load-profiles.ts'
import { say } from '../server/unionpay/gateway/profile/problems.ts'
import { readArguments, stopWithUsage } from './parts/arguments.ts'
import { stop, tryTo } from './parts/doctor-options.ts'
import { printPfx } from './parts/print-pfx.ts'
import { verifyGatewayMessage } from './parts/verify-gateway-message.ts'
import { verifyNoticeOrReturn, verifyOpenAnswers } from './parts/verify-open-platform.ts'

/**
 * Checks what was captured or configured: messages of UnionPay, key files, the plan catalogue,
 * charge profiles, encrypted fields. Exit 0: valid · 1: not · 2: wrong use.
 */
const { values, positionals } = readArguments('doctor')
const [verb, path] = positionals

if (verb === 'go-live' || values['go-live']) await goLive()
else if (verb === 'verify' && path) verify(path)
else if (verb === 'pfx' && path) printPfx(path, values)
else if (verb === 'plans') checkPlans(path ?? process.env.PLANS_FILE ?? 'plans.yaml')
else if (verb === 'profiles' && path) checkProfiles(path)
else if (verb === 'decrypt' && path && values['key-file']) decrypt(path, values['key-file'])
else stopWithUsage('doctor')

function verify(file: string): void {
  const bytes = tryTo(() => readFileSync(file))
  if (bytes.length > most_captured_bytes)
    stop(
      `${file} has ${bytes.length} bytes, and one megabyte is read at most: cut out the lines of the message`,
    )
  const answers = readOpenAnswers(bytes)
  const messages = readMessages(bytes)
  if (answers.length > 0 && !holdsGatewayMessage(messages)) verifyOpenAnswers(answers, values)
  else if (holdsGatewayMessage(messages) || values.root) verifyGatewayMessage(messages, values)
  else verifyNoticeOrReturn(bytes, values)
}

/** Loaded only when asked for: it brings the whole settings and the database's driver along. */
async function goLive(): Promise<void> {
  const { printGoLive } = await import('./parts/go-live/print.ts')
  await printGoLive(process.env, values)
}

function checkPlans(file: string): void {
  const { plans, problems } = readCatalogue(tryTo(() => readFileSync(file, 'utf8')))
  for (const problem of problems) console.log(`${file}: ${problem}`)
  if (problems.length === 0) console.log(`${file}: ${plans.length} plans, nothing wrong`)
  process.exitCode = problems.length === 0 ? 0 : 1
}

function checkProfiles(file: string): void {
  const { profiles, problems } = readProfiles(tryTo(() => readFileSync(file, 'utf8')))
  for (const problem of problems) console.log(say(problem))
  if (problems.length === 0)
    console.log(`${file}: ${profiles.map(({ name }) => name).join(', ')}: nothing wrong`)
  process.exitCode = problems.length === 0 ? 0 : 1
}

function decrypt(value: string, key_file: string): void {
  console.log(tryTo(() => decryptUserField(readSecretFile(key_file), value)))
}
