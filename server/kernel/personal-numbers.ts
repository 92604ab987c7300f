/**
 * What must never stand in a log: the number of a card, of an identity card (GB 11643-1999), of a
 * mobile telephone; UnionPay's of a wallet and of a contract.
 */
export type PersonalNumber =
  | 'card number'
  | 'identity number'
  | 'telephone number'
  | 'open_id'
  | 'contract_id'

// a digit or letter beside it, a dot before it, or a neighbour as in a UUID makes it part of
// something else
const alone = (inner: string): RegExp =>
  new RegExp(
    String.raw`(?<![0-9A-Za-z.]|[0-9a-f]{4}-)(?:${inner})(?![0-9A-Za-z]|-[0-9a-f]{4})`,
    'g',
  )
// the order matters: what is an identity number may also have the check digit of a card
const kinds: { kind: PersonalNumber; form: RegExp; holds(digits: string): boolean }[] = [
  { kind: 'contract_id', form: alone(String.raw`62184\d{14}`), holds: () => true }, // the form of the only published one (open platform §5.2)
  {
    kind: 'identity number',
    form: alone(
      String.raw`[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx]`,
    ),
    holds: hasIdentityCheck,
  },
  // 14 to 19 digits, in one or in groups; 2 is a time of ours, 8 a merchant number
  {
    kind: 'card number',
    form: alone(String.raw`[34569]\d{13,18}|[34569]\d{3}(?:[ -]\d{4}){2,3}(?:[ -]\d{1,4})?`),
    holds: hasLuhnCheck,
  },
  {
    kind: 'telephone number',
    form: alone(String.raw`(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}`),
    holds: () => true,
  },
]
/** 48 or 40 bytes in Base64 (open platform §3.4). */
const base64 = /(?<![A-Za-z0-9+/])(?:[A-Za-z0-9+/]{64}|[A-Za-z0-9+/]{54}==)(?![A-Za-z0-9+/=])/g
const shortest_run = 54
/**
 * `"openId":"…"`, `contract_id=…`, escaped or not: whatever its form. A value that is masked
 * already, or has no digit, is none.
 */
const named =
  /\b(open|contract)(_id|Id|ID|id)(\\*["']?\s?[:=]\s?\\*["']?)(?=[A-Za-z+/_-]*\d)[A-Za-z0-9+/=_-]{8,}(?![A-Za-z0-9+/=_*-])/g

/**
 * A text without personal numbers, and which kinds were in it. JSON stays JSON: a bare number
 * becomes 0.
 */
export function maskPersonalNumbers(text: string): { text: string; found: PersonalNumber[] } {
  const found: PersonalNumber[] = []
  let masked = text.replace(named, (_value, what: string, id: string, between: string) => {
    const kind = what === 'open' ? 'open_id' : 'contract_id'
    found.push(kind)
    return `${what}${id}${between}[${kind}]`
  })
  for (const { kind, form, holds } of kinds) {
    masked = masked.replace(form, (number: string, at: number, whole: string) => {
      if (!holds(number.replaceAll(/[ -]/g, ''))) return number
      found.push(kind)
      return /[:[,-]/.test(whole[at - 1] ?? '') && /[,}\].]/.test(whole[at + number.length] ?? '')
        ? '0'
        : `[${kind}]`
    })
  }
  if (hasLongRun(masked)) {
    masked = masked.replace(base64, (id) => {
      if (!looksRandom(id)) return id
      found.push('open_id')
      return '[open_id]'
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
  return '10X98765432'[sum % 11] === number[17]?.toUpperCase()
}

const isBase64 = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 47 && code <= 57) ||
  code === 43

/**
 * Whether so many characters of Base64 stand in a row: looking at every 54th is enough, where the
 * search itself would cost as much as all the others.
 */
function hasLongRun(text: string): boolean {
  for (let at = shortest_run - 1; at < text.length; at += shortest_run) {
    if (!isBase64(text.charCodeAt(at))) continue
    let [first, end] = [at, at + 1]
    while (first > 0 && isBase64(text.charCodeAt(first - 1))) first--
    while (end < text.length && isBase64(text.charCodeAt(end))) end++
    if (end - first >= shortest_run) return true
  }
  return false
}

/** Base64 of random bytes has all of it; a hash in hexadecimal and a path have not. */
function looksRandom(text: string): boolean {
  return (
    /[a-z].*[a-z]/.test(text) &&
    /[A-Z].*[A-Z]/.test(text) &&
    /\d/.test(text) &&
    !/\/[a-z]+\/[a-z]+\//.test(text)
  )
}
