import { inspect } from 'node:util'

type Fields = Record<string, string>

const form = (fields: Fields): string => new URLSearchParams(fields).toString()
const raw = (fields: Fields): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
const each = (fields: Fields, write: (name: string, value: string) => string, between: string) =>
  Object.entries(fields)
    .map(([name, value]) => write(name, value))
    .join(between)
const stamp = '2026-11-30 12:00:00,123'
const escapedIn = (quote: string) => (value: string) =>
  `${quote}${value
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll('\r', '\\r')
    .replaceAll('\n', '\\n')}${quote}`
const single = escapedIn("'")
const double = escapedIn('"')
const xml = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\r', '&#13;')
const counted = (value: string): number => Buffer.byteLength(value)
const { signature: _signature, ...no_fields }: Fields = { signature: '' }
const unsigned = ({ signature: _left, ...fields }: Fields): Fields => ({ ...no_fields, ...fields })
const quotedPrintable = (text: string): string =>
  [...Buffer.from(text)]
    .map((byte) =>
      byte === 0x3d || byte > 0x7e || byte < 0x20
        ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
        : String.fromCharCode(byte),
    )
    .join('')
    .replace(/(.{60,72}?)(?<!=.?)(?=.)/g, '$1=\r\n')

/**
 * A message as people capture it: the form the doctor names, and how a program or a person writes
 * it.
 */
export const written_forms: [name: string, write: (fields: Fields) => string | Buffer][] = [
  ['json, one a line', (fields) => `${JSON.stringify(fields)}\n`],
  [
    'json, in a line of a log',
    (fields) => `${stamp} INFO received ${JSON.stringify(fields)} in 3 ms\n`,
  ],
  [
    'json, nested',
    (fields) => JSON.stringify({ level: 30, request: { headers: {}, body: fields } }),
  ],
  ['json, with the body as text', (fields) => JSON.stringify({ level: 30, body: form(fields) })],
  ['json, with an answer as text', (fields) => JSON.stringify({ msg: `answer: ${raw(fields)}` })],
  ['json, in JSON as text', (fields) => JSON.stringify({ log: `got ${JSON.stringify(fields)}` })],
  [
    'json, with lists',
    (fields) =>
      JSON.stringify(
        Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, [value]])),
      ),
  ],
  [
    'json, exported by a browser',
    (fields) =>
      JSON.stringify({
        postData: { params: Object.entries(fields).map(([name, value]) => ({ name, value })) },
      }),
  ],
  [
    'PHP print_r',
    (fields) =>
      `Array\n(\n${each(fields, (name, value) => `    [${name}] => ${value}`, '\n')}\n)\n`,
  ],
  [
    'PHP print_r in a line of a log',
    (fields) =>
      `[30-Nov-2026 12:00:00 PRC] notify: Array\n(\n${each(fields, (name, value) => `    [${name}] => ${value}`, '\n')}\n)\n\n`,
  ],
  [
    'PHP var_export',
    (fields) =>
      `array (\n${each(fields, (name, value) => `  '${name}' => '${value.replaceAll("'", "\\'")}',`, '\n')}\n)`,
  ],
  [
    'PHP var_dump',
    (fields) =>
      `array(${Object.keys(fields).length}) {\n${each(fields, (name, value) => `  ["${name}"]=>\n  string(${counted(value)}) "${value}"`, '\n')}\n}\n`,
  ],
  [
    'PHP serialize',
    (fields) =>
      `a:${Object.keys(fields).length}:{${each(fields, (name, value) => `s:${name.length}:"${name}";s:${counted(value)}:"${value}";`, '')}}`,
  ],
  ['Java map', (fields) => `{${each(fields, (name, value) => `${name}=${value}`, ', ')}}`],
  [
    'Java map in a line of a log',
    (fields) =>
      `${stamp} [http-nio-1] INFO  c.e.Notify - 收到通知：{${each(fields, (name, value) => `${name}=${value}`, ', ')}} 耗时=3ms\n`,
  ],
  [
    'Java map of lists',
    (fields) => `{${each(fields, (name, value) => `${name}=[${value}]`, ', ')}}`,
  ],
  ['Java object', (fields) => `Notice(${each(fields, (name, value) => `${name}=${value}`, ', ')})`],
  ['Go map', (fields) => `map[${each(fields, (name, value) => `${name}:${value}`, ' ')}]\n`],
  [
    'Go url.Values',
    (fields) =>
      `2026/11/30 12:00:00 form: map[${each(fields, (name, value) => `${name}:[${value}]`, ' ')}]\n`,
  ],
  [
    'Python dict',
    (fields) => `{${each(fields, (name, value) => `'${name}': ${single(value)}`, ', ')}}\n`,
  ],
  [
    'Python parse_qs',
    (fields) => `{${each(fields, (name, value) => `'${name}': [${single(value)}]`, ', ')}}\n`,
  ],
  [
    'Python list of pairs',
    (fields) => `[${each(fields, (name, value) => `('${name}', ${single(value)})`, ', ')}]\n`,
  ],
  [
    'Ruby hash',
    (fields) => `{${each(fields, (name, value) => `"${name}"=>${double(value)}`, ', ')}}\n`,
  ],
  ['what Node prints', (fields) => `${inspect(fields, { breakLength: 80 })}\n`],
  [
    "UnionPay's demo log, fields",
    (fields) =>
      `${stamp} INFO  - ============================== SDK REQ MSG BEGIN ==============================\n${each(fields, (name, value) => `${stamp} INFO  - [${name}] = [${value}]`, '\n')}\n${stamp} INFO  - ==============================  SDK REQ MSG END  ==============================\n`,
  ],
  [
    "UnionPay's demo log, fields alone",
    (fields) => each(fields, (name, value) => `[${name}] = [${value}]`, '\n'),
  ],
  [
    "UnionPay's demo log, answer",
    (fields) =>
      `${stamp} INFO  - ============================== SDK RSP MSG BEGIN ==============================\n${raw(fields)}\n==============================  SDK RSP MSG END  ==============================\n`,
  ],
  [
    "UnionPay's demo log, answer in brackets",
    (fields) =>
      `${stamp} [main] INFO  ACP_SDK_LOG - 返回报文:[${raw(fields)}]\n${stamp} [main] INFO  ACP_SDK_LOG - 验证签名结果[成功].\n`,
  ],
  [
    "UnionPay's demo log, signed text",
    (fields) =>
      `${stamp} INFO  - 签名原文：[${fields.signature}]\n${stamp} INFO  - 待验签返回报文串：[${raw(Object.fromEntries(Object.entries(unsigned(fields)).toSorted(([a], [b]) => (a < b ? -1 : 1))))}]\n`,
  ],
  [
    "UnionPay's PHP demo log",
    (fields) => `[2026-11-30 12:00:00] INFO 后台返回结果为>${raw(fields)}\n`,
  ],
  [
    'request line of an access log',
    (fields) =>
      `10.0.0.1 - - [30/Nov/2026:12:00:00 +0800] "GET /notify?${form(fields)} HTTP/1.1" 200 2 "https://shop.example/?from=1" "Java/1.8"\n`,
  ],
  [
    'body in an access log',
    (fields) =>
      `10.0.0.1 [30/Nov/2026:12:00:00 +0800] "POST /notify HTTP/1.1" 200 "${form(fields)}"\n`,
  ],
  [
    'JSON in an access log of nginx',
    (fields) =>
      `10.0.0.1 "POST /x HTTP/1.1" 200 "${JSON.stringify(fields).replaceAll('\\', '\\x5C').replaceAll('"', '\\x22')}"\n`,
  ],
  [
    'curl',
    (fields) =>
      `curl -X POST https://shop.example/notify -H 'content-type: application/x-www-form-urlencoded' -d '${form(fields)}'\n`,
  ],
  [
    'curl, an option a field',
    (fields) =>
      `curl https://shop.example/notify \\\n${each(fields, (name, value) => `  --data-urlencode '${name}=${value}'`, ' \\\n')}\n`,
  ],
  ['percent-encoded twice', (fields) => encodeURIComponent(form(fields))],
  [
    'values percent-encoded twice',
    (fields) =>
      form(
        Object.fromEntries(
          Object.entries(fields).map(([name, value]) => [name, encodeURIComponent(value)]),
        ),
      ),
  ],
  ['quoted-printable', (fields) => quotedPrintable(form(fields))],
  [
    'with HTML entities',
    (fields) => `<pre>${raw(fields).replaceAll('&', '&amp;').replaceAll('"', '&quot;')}</pre>`,
  ],
  ['broken into lines', (fields) => form(fields).replace(/(.{76})/g, '$1\n')],
  ['name: value lines', (fields) => each(fields, (name, value) => `${name}: ${value}`, '\n')],
  ['name=value lines', (fields) => `${each(fields, (name, value) => `${name}=${value}`, '\n')}\n`],
  [
    'name = value lines',
    (fields) => `${each(fields, (name, value) => `${name} = ${value}`, '\n')}\n`,
  ],
  [
    'lines behind the prefix of a container',
    (fields) =>
      each(fields, (name, value) => `${name}: ${JSON.stringify(value)}`, '\n').replace(
        /^/gm,
        'web-1  | ',
      ),
  ],
  [
    'XML',
    (fields) =>
      `<?xml version="1.0"?>\n<xml>\n${each(fields, (name, value) => `  <${name}>${xml(value)}</${name}>`, '\n')}\n</xml>\n`,
  ],
  [
    'XML with CDATA',
    (fields) =>
      `<xml>${each(fields, (name, value) => `<${name}><![CDATA[${value}]]></${name}>`, '')}</xml>`,
  ],
  [
    'fields of an HTML form',
    (fields) =>
      `<form>\n${each(fields, (name, value) => `<input type="hidden" name="${name}" id="${name}" value="${xml(value)}"/>`, '\n')}\n</form>`,
  ],
  [
    'multipart/form-data',
    (fields) =>
      `${each(fields, (name, value) => `--x1\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}`, '\r\n')}\r\n--x1--\r\n`,
  ],
  [
    'UTF-16, as PowerShell writes it',
    (fields) => Buffer.from(`\ufeff${form(fields)}\r\n`, 'utf16le'),
  ],
  [
    'a whole HTTP request',
    (fields) =>
      `POST /notify HTTP/1.1\r\ncontent-type: application/x-www-form-urlencoded\r\n\r\n${form(fields)}`,
  ],
  [
    'Base64 of the body',
    (fields) =>
      JSON.stringify({ isBase64Encoded: true, body: Buffer.from(form(fields)).toString('base64') }),
  ],
]
