import type { Field } from './spec.ts'

const alphanumeric = { form: /^[0-9A-Za-z]+$/, formText: '字母或数字' }
const base64 = { form: /^[0-9A-Za-z+/]+={0,2}$/, formText: ' Base64 文本' }

type Look = { form: RegExp; formText: string }
const field = (
  name: string,
  maxLength: number,
  look: Look,
  code: string,
  others: Partial<Field> = {},
): Field => ({
  name,
  maxLength,
  ...look,
  missing: code,
  wrong: code,
  tooLong: code,
  mayBeNumber: false,
  ...others,
})

// N62100–N62112 mean "empty or wrong", N62113–N62115 "empty" only; SG0001 is "parameter not legal"
// (§9).
const notLegal = { wrong: 'SG0001', tooLong: 'SG0001' }

/**
 * Every field of the open platform's requests: length, form and refusing code. Lengths from §2.1,
 * §3.4 and §5.1.
 */
export const fields = {
  appId: field('appId', 32, { form: /^[0-9A-Za-z_]+$/, formText: '字母或数字' }, 'N62100'),
  backendToken: field('backendToken', 24, base64, 'N62101'),
  signature: field(
    'signature',
    64,
    { form: /^[0-9a-f]{64}/, formText: ' 64 位小写十六进制' },
    'N62104',
  ),
  grantType: field(
    'grantType',
    18,
    { form: /^authorization_code$/, formText: ' authorization_code' },
    'N62106',
  ),
  // 20 in the official table, 32 in a client's use (§2.1): both are accepted
  nonceStr: field('nonceStr', 32, alphanumeric, 'N62107'),
  // a longer number is a time in milliseconds: the table has a code of its own for that (§9, §11)
  timestamp: field('timestamp', 10, { form: /^[0-9]+$/, formText: '秒' }, 'N62108', {
    tooLong: 'N60024',
    mayBeNumber: true,
  }),
  accessToken: field('accessToken', 256, base64, 'N62109'),
  openId: field('openId', 64, base64, 'N62110'),
  // blanks and escape characters in a code are answered with a31 (§9): it was decoded twice or not
  // at all
  code: field('code', 24, base64, 'N62112', { wrong: 'a31' }),
  contractCode: field('contractCode', 32, alphanumeric, 'N62113', notLegal),
  planId: field('planId', 32, alphanumeric, 'N62114', notLegal),
  contractId: field('contractId', 32, alphanumeric, 'N62115', notLegal),
}
