let letters: Map<string, string> | null = null

/**
 * Text as GBK bytes (latin1), or null when a character has none. Node only decodes GBK, so its
 * decoder is turned around.
 */
export function gbkOf(text: string): string | null {
  letters ??= makeLetters()
  let bytes = ''
  for (const character of text) {
    const found = character < '\x80' ? character : letters.get(character)
    if (found === undefined) return null
    bytes += found
  }
  return bytes
}

function makeLetters(): Map<string, string> {
  const decoder = new TextDecoder('gbk')
  const found = new Map<string, string>()
  for (let first = 0x81; first <= 0xfe; first++) {
    for (let second = 0x40; second <= 0xfe; second++) {
      const character = decoder.decode(Uint8Array.of(first, second))
      if (
        !character.includes('\ufffd') &&
        Array.from(character).length === 1 &&
        !found.has(character)
      )
        found.set(character, String.fromCharCode(first, second))
    }
  }
  return found
}
