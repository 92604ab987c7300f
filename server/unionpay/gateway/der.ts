/**
 * A value of ASN.1. `content` of a primitive value is its bytes; of a constructed one those of its
 * members. Old key files are BER: lengths may be indefinite and octet strings cut into pieces, so
 * both are read (X.690 §8.1.3.6, §8.7).
 */
export type Der = { tag: number; constructed: boolean; content: Buffer; whole: Buffer; end: number }

const deepest = 24

/** Reads the value that begins at `from`. Throws a sentence when the bytes are no ASN.1. */
export function readDer(bytes: Buffer, from = 0, depth = 0): Der {
  const [tag, first] = [bytes[from], bytes[from + 1]]
  if (tag === undefined || first === undefined || depth > deepest || (tag & 0x1f) === 0x1f)
    throw new Error('it is not ASN.1')
  const constructed = (tag & 0x20) !== 0
  const more = first & 0x7f
  if (first === 0x80) return readIndefinite(bytes, from, tag, constructed, depth)
  const start = from + 2 + (first > 0x80 ? more : 0)
  const length =
    first < 0x80
      ? first
      : more <= 4 && start <= bytes.length
        ? bytes.readUIntBE(from + 2, more)
        : Infinity
  const end = start + length
  if (end > bytes.length) throw new Error('it ends too early')
  return {
    tag,
    constructed,
    content: bytes.subarray(start, end),
    whole: bytes.subarray(from, end),
    end,
  }
}

function readIndefinite(
  bytes: Buffer,
  from: number,
  tag: number,
  constructed: boolean,
  depth: number,
): Der {
  if (!constructed) throw new Error('it is not ASN.1')
  let at = from + 2
  while (bytes[at] !== 0 || bytes[at + 1] !== 0) at = readDer(bytes, at, depth + 1).end
  return {
    tag,
    constructed,
    content: bytes.subarray(from + 2, at),
    whole: bytes.subarray(from, at + 2),
    end: at + 2,
  }
}

/** The members of a constructed value. */
export function membersOf(value: Der): Der[] {
  if (!value.constructed) throw new Error('a sequence was expected')
  const members: Der[] = []
  for (let at = 0; at < value.content.length;) {
    const member = readDer(value.content, at)
    members.push(member)
    at = member.end
  }
  return members
}

/** The member in this place; throws when there are fewer. */
export function memberOf(value: Der, place: number): Der {
  const member = membersOf(value)[place]
  if (!member) throw new Error('a part is missing')
  return member
}

/** The bytes of an octet string, whole or in pieces. */
export function octetsOf(value: Der): Buffer {
  return value.constructed ? Buffer.concat(membersOf(value).map(octetsOf)) : value.content
}

/** An object identifier in dotted form. */
export function identifierOf({ tag, content }: Der): string {
  if (tag !== 0x06) throw new Error('an identifier was expected')
  const numbers: number[] = []
  let number = 0
  for (const byte of content) {
    number = number * 128 + (byte & 0x7f)
    if (byte < 0x80) {
      numbers.push(number)
      number = 0
    }
  }
  const first = numbers[0] ?? 0
  const top = Math.min(2, Math.floor(first / 40))
  return [top, first - top * 40, ...numbers.slice(1)].join('.')
}

/** A small whole number, such as a count of rounds. */
export function numberOf({ tag, content }: Der): number {
  if (tag !== 0x02 || content.length === 0 || content.length > 6)
    throw new Error('a number was expected')
  return content.readUIntBE(0, content.length)
}
