/** The table of RFC 2268, section 2. */
const pi = Buffer.from(
  'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82' +
    '54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb6266fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7' +
    '08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ecc2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731' +
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a90d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad',
  'hex',
)

/**
 * RC2 in CBC mode with PKCS#7 padding, decryption only: old .pfx files need it and OpenSSL 3
 * refuses it. Throws on wrong padding.
 */
export function decryptRc2(
  key: Buffer,
  effective_bits: number,
  iv: Buffer,
  encrypted: Buffer,
): Buffer {
  if (encrypted.length === 0 || encrypted.length % 8 !== 0)
    throw new Error('RC2 text of no whole blocks')
  const words = expandKey(key, effective_bits)
  const plain = Buffer.alloc(encrypted.length)
  for (let at = 0; at < encrypted.length; at += 8) {
    const block = decryptRc2Block(words, encrypted.subarray(at, at + 8))
    const before = at === 0 ? iv : encrypted.subarray(at - 8, at)
    for (let byte = 0; byte < 8; byte++) plain[at + byte] = (block[byte] ?? 0) ^ (before[byte] ?? 0)
  }
  const padding = plain.at(-1) ?? 0
  const right =
    padding >= 1 && padding <= 8 && plain.subarray(-padding).every((byte) => byte === padding)
  if (!right) throw new Error('RC2 padding is wrong')
  return plain.subarray(0, -padding)
}

/** RFC 2268, section 2: the 64 words of a key, `bits` of which count. */
export function expandKey(key: Buffer, bits: number): Uint16Array {
  const bytes = Buffer.alloc(128)
  key.copy(bytes)
  const at = (place: number): number => bytes[place] ?? 0
  const counting = Math.ceil(bits / 8)
  for (let place = key.length; place < 128; place++)
    bytes[place] = pi[(at(place - 1) + at(place - key.length)) & 0xff] ?? 0
  bytes[128 - counting] = pi[at(128 - counting) & (0xff >> (8 * counting - bits))] ?? 0
  for (let place = 127 - counting; place >= 0; place--)
    bytes[place] = pi[at(place + 1) ^ at(place + counting)] ?? 0
  return Uint16Array.from({ length: 64 }, (_, word) => bytes.readUInt16LE(2 * word))
}

const turns = [1, 2, 3, 5] as const

/** RFC 2268, section 4: 5 mixing rounds backwards, a mash, 6, a mash, 5. */
export function decryptRc2Block(words: Uint16Array, block: Buffer): Buffer {
  const r = Uint16Array.from({ length: 4 }, (_, word) => block.readUInt16LE(2 * word))
  const at = (place: number): number => r[(place + 4) & 3] ?? 0
  let key = 63
  for (const rounds of [5, 6, 5]) {
    for (let round = 0; round < rounds; round++) {
      for (let i = 3; i >= 0; i--) {
        const turned =
          (at(i) >>> turns[i as 0 | 1 | 2 | 3]) | (at(i) << (16 - turns[i as 0 | 1 | 2 | 3]))
        r[i] = turned - (words[key] ?? 0) - (at(i - 1) & at(i - 2)) - (~at(i - 1) & at(i - 3))
        key--
      }
    }
    if (key >= 0) for (let i = 3; i >= 0; i--) r[i] = at(i) - (words[at(i - 1) & 63] ?? 0)
  }
  const plain = Buffer.alloc(8)
  r.forEach((word, place) => plain.writeUInt16LE(word, 2 * place))
  return plain
}
