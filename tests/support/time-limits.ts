import { generateKeyPairSync, sign } from 'node:crypto'

/**
 * How long a test waits at most, in one place. A limit is written for the machine the suite was
 * made on, and is multiplied by how much slower this one is, measured once at the start of a run. A
 * limit is no pause: a wait ends as soon as its condition holds.
 */

/** The time of an RSA signature of 2048 bits on the machine the limits are written for. */
const usual_signature_ms = 0.37
const measured_ms = 400
const variable = 'TEST_SLOWNESS'

/**
 * How many times slower than usual this machine is now, other work on it included: between 1 and
 * 20.
 */
function measureSlowness(): number {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const message = Buffer.alloc(200)
  sign('sha256', message, privateKey)
  const begun = performance.now()
  let signatures = 0
  for (; performance.now() - begun < measured_ms; signatures++) sign('sha256', message, privateKey)
  const each_ms = (performance.now() - begun) / signatures
  return Math.min(20, Math.max(1, Math.round((each_ms / usual_signature_ms) * 10) / 10))
}

/**
 * Measures, unless an outer run has; the processes of this run find the result in their
 * environment.
 */
export function rememberSlowness(): number {
  process.env[variable] ??= String(measureSlowness())
  return slowness()
}

const slowness = (): number => Number(process.env[variable] ?? 1)

/** `usual_ms` on this machine. */
export const timeLimit = (usual_ms: number): number => Math.round(usual_ms * slowness())

/**
 * The limit for a condition that takes little work, but may be delayed by the other programs of a
 * busy machine.
 */
export const factWithin = (): number => timeLimit(60_000)
/** The same for processes that find the slowness in their environment from the start. */
export const fact_within_ms = factWithin()

/**
 * The time limit of a request to a server of ours, or to the sandbox, in tests that do not test
 * time limits.
 */
export const answer_within_ms = Math.min(timeLimit(2_000), 8_000)
