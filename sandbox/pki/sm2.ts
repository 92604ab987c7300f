import { createHash, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto'

/**
 * SM2 signatures with SM3 and the usual user id 1234567812345678 (GB/T 32918.2), implemented here:
 * Node signs with an empty id, and with the server's library both sides would share one reading of
 * the standard. A sandbox needs neither speed nor constant time.
 */
const p = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn
const n = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n
const a = p - 3n
const b = 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n
type Point = { x: bigint; y: bigint } | null
const base: Point = {
  x: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  y: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
}

const mod = (value: bigint, by: bigint): bigint => ((value % by) + by) % by
const bytesOf = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex')
const numberOf = (bytes: Uint8Array): bigint =>
  BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`)
const sm3 = (...parts: Buffer[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sm3')).digest()

function inverse(value: bigint, by: bigint): bigint {
  let [low, high, one, other] = [mod(value, by), by, 1n, 0n]
  while (low > 1n) {
    const ratio = high / low
    ;[low, high, one, other] = [high - ratio * low, low, other - ratio * one, one]
  }
  return mod(one, by)
}

function add(one: Point, other: Point): Point {
  if (!one || !other) return one ?? other
  if (one.x === other.x && mod(one.y + other.y, p) === 0n) return null
  const slope =
    one.x === other.x
      ? (3n * one.x * one.x + a) * inverse(2n * one.y, p)
      : (other.y - one.y) * inverse(other.x - one.x, p)
  const x = mod(slope * slope - one.x - other.x, p)
  return { x, y: mod(slope * (one.x - x) - one.y, p) }
}

function times(factor: bigint, point: Point): Point {
  let [sum, doubled]: [Point, Point] = [null, point]
  for (let left = factor; left > 0n; left >>= 1n) {
    if (left & 1n) sum = add(sum, doubled)
    doubled = add(doubled, doubled)
  }
  return sum
}

export const newSm2Key = (): KeyObject =>
  generateKeyPairSync('ec', { namedCurve: 'SM2' }).privateKey

/** The point at the end of its SubjectPublicKeyInfo: 04, x, y. */
const pointOf = (public_key: KeyObject): { x: bigint; y: bigint } => {
  const point = public_key.export({ type: 'spki', format: 'der' }).subarray(-64)
  return { x: numberOf(point.subarray(0, 32)), y: numberOf(point.subarray(32)) }
}

/** Within its PKCS#8: version 1, then 32 bytes. */
function secretOf(key: KeyObject): bigint {
  const der = key.export({ type: 'pkcs8', format: 'der' })
  const start = der.indexOf(Buffer.from([2, 1, 1, 4, 32])) + 5
  return numberOf(der.subarray(start, start + 32))
}

/** What is signed: SM3 of the identity's own digest and the message. */
function digestFor(message: Buffer, { x, y }: { x: bigint; y: bigint }): bigint {
  const identity = Buffer.from('1234567812345678')
  const z = sm3(
    Buffer.from([0, identity.length * 8]),
    identity,
    ...[a, b, base?.x ?? 0n, base?.y ?? 0n, x, y].map(bytesOf),
  )
  return numberOf(sm3(z, message))
}

/** DER of r and s. `key` is an SM2 private key. */
export function signSm2(message: Buffer, key: KeyObject, public_key: KeyObject): Buffer {
  const secret = secretOf(key)
  const e = digestFor(message, pointOf(public_key))
  for (;;) {
    const k = mod(numberOf(randomBytes(40)), n - 1n) + 1n
    const r = mod(e + (times(k, base)?.x ?? 0n), n)
    const s = mod(inverse(1n + secret, n) * (k - r * secret), n)
    if (r !== 0n && r + k !== n && s !== 0n) return writePair(r, s)
  }
}

export function isSm2Signed(message: Buffer, signature: Buffer, public_key: KeyObject): boolean {
  const pair = readPair(signature)
  if (!pair || pair.some((value) => value < 1n || value >= n)) return false
  const [r, s] = pair
  const public_point = pointOf(public_key)
  const point = add(times(s, base), times(mod(r + s, n), public_point))
  return point !== null && mod(digestFor(message, public_point) + point.x, n) === r
}

function writePair(r: bigint, s: bigint): Buffer {
  const integers = [r, s].map((value) => {
    const bytes = Buffer.from(value.toString(16).replace(/^(..)*.$/, '0$&'), 'hex')
    const content = (bytes[0] ?? 0) > 0x7f ? Buffer.concat([Buffer.from([0]), bytes]) : bytes
    return Buffer.concat([Buffer.from([2, content.length]), content])
  })
  return Buffer.concat([
    Buffer.from([0x30, integers.reduce((sum, one) => sum + one.length, 0)]),
    ...integers,
  ])
}

/**
 * DER, or 32 bytes each: UnionPay has not published which of them it accepts (acp-gateway §2.3).
 */
function readPair(bytes: Buffer): [bigint, bigint] | null {
  if (bytes.length === 64) return [numberOf(bytes.subarray(0, 32)), numberOf(bytes.subarray(32))]
  const first = bytes[3] ?? 0
  const second = bytes[5 + first] ?? 0
  const fits =
    bytes[0] === 0x30 &&
    bytes[1] === bytes.length - 2 &&
    bytes[2] === 2 &&
    bytes[4 + first] === 2 &&
    bytes.length === 6 + first + second
  return fits ? [numberOf(bytes.subarray(4, 4 + first)), numberOf(bytes.subarray(6 + first))] : null
}
