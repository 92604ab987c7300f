/** What must never stand in a log: the number of a card, of an identity card (GB 11643-1999), of a mobile telephone. */
export type PersonalNumber = 'card number' | 'identity number' | 'telephone number'

// a digit or letter beside it, a dot before it, or a neighbour as in a UUID makes it part of something else
const alone = (inner: string): RegExp => new RegExp(String.raw`(?<![0-9A-Za-z.]|[0-9a-f]{4}-)(?:${inner})(?![0-9A-Za-z]|-[0-9a-f]{4})`, 'g')
// the order matters: what is an identity number may also have the check digit of a card
const kinds: { kind: PersonalNumber; form: RegExp; holds(digits: string): boolean }[] = [
  { kind: 'identity number', form: alone(String.raw`[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx]`), holds: hasIdentityCheck },
  // 14 to 19 digits, in one or in groups; 2 is a time of ours, 8 a merchant number
  { kind: 'card number', form: alone(String.raw`[34569]\d{13,18}|[34569]\d{3}(?:[ -]\d{4}){2,3}(?:[ -]\d{1,4})?`), holds: hasLuhnCheck },
  { kind: 'telephone number', form: alone(String.raw`(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}`), holds: () => true },
]
/** Nearly every line has none, and is looked at once. */
const long_number = /\d(?:[ -]?\d){10}/

/** A text without personal numbers, and which kinds were in it. JSON stays JSON: a bare number becomes 0. */
export function maskPersonalNumbers(text: string): { text: string; found: PersonalNumber[] } {
  if (!long_number.test(text)) return { text, found: [] }
  const found: PersonalNumber[] = []
  let masked = text
  for (const { kind, form, holds } of kinds) {
    masked = masked.replace(form, (number: string, at: number, whole: string) => {
      if (!holds(number.replaceAll(/[ -]/g, '').toUpperCase())) return number
      found.push(kind)
      return /[:[,]/.test(whole[at - 1] ?? '') && /[,}\]]/.test(whole[at + number.length] ?? '') ? '0' : `[${kind}]`
    })
  }
  return { text: masked, found }
}

/** ISO/IEC 7812-1, annex B. */
function hasLuhnCheck(digits: string): boolean {
  let sum = 0
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place])
    sum += place % 2 === 0 ? digit : digit < 5 ? 2 * digit : 2 * digit - 9
  }
  return sum % 10 === 0
}

/** ISO 7064, MOD 11-2. */
function hasIdentityCheck(number: string): boolean {
  let sum = 0
  for (let place = 0; place < 17; place++) sum += Number(number[place]) * (2 ** (17 - place) % 11)
  return '10X98765432'[sum % 11] === number[17]
}
