import type { FieldRemark } from '../../explain-notice.ts'
import { readBeijingTime } from '../../times.ts'
import { readBase64 } from '../digests.ts'
import { byBytes, type Fields } from '../message.ts'
import { isBalanced } from '../profile/template.ts'
import { ruleOn } from '../resp-codes.ts'

/** Each field in the order it is signed, `signature` last, with what looks wrong in it. */
export function remarkOnFields(fields: Fields): FieldRemark[] {
  const names = Object.keys(fields)
    .filter((name) => name !== 'signature')
    .toSorted(byBytes)
  return [...names, ...('signature' in fields ? ['signature'] : [])].map((name) => {
    const value = fields[name] ?? ''
    return { name, value: shorten(name, value), remark: remarkOn(name, value, fields) }
  })
}

function remarkOn(name: string, value: string, fields: Fields): string | null {
  if (value === '') return 'empty: it is signed as it came, `name=`; never send one'
  if (name === 'signPubKeyCert') return remarkOnCertificate(value)
  if (value.includes('\ufffd'))
    return `its bytes are not of the charset ${fields.encoding ?? 'UTF-8'}`
  if (name === 'signature') return remarkOnSignature(value, fields)
  if (/^\s|\s$/.test(value)) return 'begins or ends with a blank or line end'
  if (/%[0-9A-Fa-f]{2}/.test(value)) return 'still looks URL-encoded'
  if (!isBalanced(value)) return 'its braces do not close: was it split at an inner `&`?'
  if (name === 'txnTime' && (!/^\d{14}$/.test(value) || readBeijingTime(value) === null))
    return 'is no Beijing time of the form YYYYMMDDhhmmss'
  if (name === 'orderId' && !/^[0-9A-Za-z]{8,40}$/.test(value))
    return 'must be 8 to 40 letters and digits'
  if (name === 'txnAmt' && !/^\d{1,12}$/.test(value)) return 'must be fen as digits'
  if (/^(certId|encryptCertId)$/.test(name) && !/^\d+$/.test(value))
    return 'must be a decimal number, as text'
  if (name === 'signMethod' && !['01', '11', '12', '21'].includes(value))
    return 'is none of 01, 11, 12, 21'
  if (name === 'version' && value !== '5.1.0')
    return 'legacy: 01 is made with SHA-1 and names its certificate by certId'
  return name === 'respCode' || name === 'origRespCode' ? ruleOn('query', value).operator : null
}

function remarkOnCertificate(pem: string): string | null {
  if (/\\r|\\n/.test(pem)) return 'its line ends are written as \\r\\n instead of being line ends'
  if (/[^\r]\n/.test(pem)) return 'its lines end with LF; UnionPay sends and signs CRLF'
  if (!pem.includes('\n')) return 'has no line ends; UnionPay sends and signs CRLF'
  if (/\s$/.test(pem)) return 'ends with a line end; UnionPay sends none there'
  return /\n[^-]* [^-]*\n/.test(pem) ? 'holds blanks that were `+`' : null
}

function remarkOnSignature(value: string, { signMethod }: Fields): string | null {
  if (signMethod === '11' || signMethod === '12')
    return /^[0-9a-f]{64}$/.test(value) ? null : 'must be 64 hexadecimal digits in lower case'
  if (/^[0-9a-f]{64}$/i.test(value))
    return 'is a digest of 64 digits, as signMethod 11 or 12 makes; the message says otherwise'
  if (value.includes(' ')) return 'holds blanks: they were `+`'
  const bytes = readBase64(value)
  if (!bytes) return 'is not Base64'
  return signMethod === '01' && bytes.length !== 256
    ? `has ${bytes.length} bytes; a signature of an RSA-2048 key has 256`
    : null
}

const personal = [
  'accNo',
  'tokenPayData',
  'customerInfo',
  'payCardNo',
  'signature',
  'signPubKeyCert',
]

/** What identifies a person, a contract or fills the screen is shown shortened. */
function shorten(name: string, value: string): string {
  if (!personal.includes(name) || value.length <= 12) return value
  const [from, to] = name === 'signPubKeyCert' ? [27, 25] : [6, 4]
  return `${value.slice(0, from)}…${value.slice(-to)} (${value.length} characters)`.replace(
    /\r?\n/g,
    ' ',
  )
}
