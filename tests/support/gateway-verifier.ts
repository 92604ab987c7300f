import { createHash, verify, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Verdict = { valid: boolean; problem: string | null }

/** Splits an unencoded answer at `&` and the first `=`; text inside braces stays whole. */
export function splitAnswer(body: string): Record<string, string> {
  const fields: Record<string, string> = {}
  let [depth, from] = [0, 0]
  const take = (to: number): void => {
    const pair = body.slice(from, to)
    if (pair.includes('='))
      fields[pair.slice(0, pair.indexOf('='))] = pair.slice(pair.indexOf('=') + 1)
    from = to + 1
  }
  for (let at = 0; at < body.length; at += 1) {
    if ('{['.includes(body[at] as string)) depth += 1
    if ('}]'.includes(body[at] as string)) depth -= 1
    if (body[at] === '&' && depth === 0) take(at)
  }
  take(body.length)
  return fields
}

export const splitForm = (body: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(body))

/**
 * An independent verifier, written from the protocol alone: string to sign, two hashes, then the
 * certificate's dates, its chain to the sandbox's root, and its owner. `at` is the moment at which
 * the dates must be valid.
 */
export function createVerifier(
  folder: string,
  secure_key = readFileSync(join(folder, 'secure-key'), 'utf8'),
) {
  const certificate = (name: string): X509Certificate =>
    new X509Certificate(readFileSync(join(folder, name)))
  const [root, middle, known] = [
    certificate('acp_root.pem'),
    certificate('acp_middle.pem'),
    certificate('acp_verify_sign.pem'),
  ]
  return (message: Record<string, string>, at = new Date()): Verdict => {
    const { signature = '', ...signed } = message
    const text = Object.keys(signed)
      .toSorted()
      .map((name) => `${name}=${signed[name]}`)
      .join('&')
    const hash = (algorithm: string, of: string): string =>
      createHash(algorithm).update(of).digest('hex')
    const say = (problem: string | null): Verdict => ({ valid: problem === null, problem })
    if (message.signMethod === '11' || message.signMethod === '12') {
      const algorithm = message.signMethod === '11' ? 'sha256' : 'sm3'
      return say(
        signature === hash(algorithm, `${text}&${hash(algorithm, secure_key)}`)
          ? null
          : 'signature',
      )
    }
    const algorithm = message.version === '5.0.0' ? 'sha1' : 'sha256'
    const leaf =
      message.version === '5.0.0' ? known : new X509Certificate(message.signPubKeyCert ?? '')
    if (
      message.version === '5.0.0' &&
      message.certId !== BigInt(`0x${known.serialNumber}`).toString()
    )
      return say('certId')
    if (
      !verify(
        algorithm,
        Buffer.from(hash(algorithm, text)),
        leaf.publicKey,
        Buffer.from(signature, 'base64'),
      )
    )
      return say('signature')
    if (at < new Date(leaf.validFrom) || at > new Date(leaf.validTo)) return say('dates')
    const chained =
      leaf.verify(middle.publicKey) &&
      leaf.checkIssued(middle) &&
      middle.verify(root.publicKey) &&
      root.verify(root.publicKey)
    if (!chained) return say('chain')
    return say(leaf.subject.split('@')[2] === '中国银联股份有限公司' ? null : 'owner')
  }
}
