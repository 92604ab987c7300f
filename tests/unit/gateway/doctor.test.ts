import { execFile } from 'node:child_process'
import { createHash, sign } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readArguments } from '../../../commands/parts/arguments.ts'
import { explainCaptured } from '../../../commands/parts/verify-gateway-message.ts'
import { gbkOf } from '../../../server/unionpay/gateway/explain/gbk.ts'
import { certificateOf } from '../../../server/unionpay/gateway/certificate.ts'
import { writePfx } from '../../../sandbox/pki/pkcs12.ts'
import {
  asAnswer,
  asForm,
  makeAuthority,
  now,
  paid,
  signAsUnionPay,
} from '../../support/acp-authority.ts'

let authority: ReturnType<typeof makeAuthority>
let signer: ReturnType<ReturnType<typeof makeAuthority>['leaf']>
let folder: string
let message: Record<string, string>
let count = 0
const file = (name: string, content: string | Buffer): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
beforeAll(() => {
  authority = makeAuthority()
  signer = authority.leaf()
  folder = mkdtempSync(join(tmpdir(), 'wugan-gateway-doctor-'))
  file('root.pem', `${authority.root.pem}\r\n`)
  file('middle.pem', authority.middle.pem.replaceAll('\r\n', '\n'))
  file('leaf.pem', signer.pem)
  message = signAsUnionPay(paid, signer)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const doctor = (...words: string[]): Promise<{ code: number; out: string; err: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, ['commands/doctor.ts', ...words], (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
  })
type Found = ReturnType<typeof explainCaptured>
/** The command's output with --json, without a process for each message. */
async function verify(
  content: string | Buffer,
  ...more: string[]
): Promise<Found & { code: number }> {
  const { values } = readArguments('doctor', [
    '--root',
    join(folder, 'root.pem'),
    '--middle',
    join(folder, 'middle.pem'),
    '--at',
    now.toISOString(),
    ...more,
  ])
  const found = explainCaptured(readFileSync(file(`captured-${count++}`, content)), values)
  return { ...found, code: found.valid ? 0 : 1 }
}
const json = (fields: object): string => JSON.stringify(fields, null, 2)
const changed = (change: Record<string, string>): Record<string, string> => ({
  ...message,
  ...change,
})
const lf = (text: string): string => text.replaceAll('\r\n', '\n')
const signWith = (algorithm: string, text: string): string =>
  sign(algorithm, Buffer.from(text), signer.key).toString('base64')
const textOf = (
  fields: Record<string, string>,
  order = (names: string[]) => names.toSorted(),
): string =>
  order(Object.keys(fields).filter((name) => name !== 'signature'))
    .map((name) => `${name}=${fields[name]}`)
    .join('&')
const hex = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex')

describe('doctor verify finds a message valid', () => {
  test.for([
    ['synchronous answer', () => asAnswer(message)],
    ['synchronous answer', () => Buffer.concat([asAnswer(message), Buffer.from('\n')])],
    ['notification', () => asForm(message)],
    [
      'notification',
      () => `POST /notify/payment HTTP/1.1\r\nhost: x\r\n\r\n${asForm(message).toString()}`,
    ],
    ['json', () => json(message)],
    ['json', () => `\ufeff${JSON.stringify(message)}`],
  ] as const)('of the form %s', async ([form, make]) => {
    expect(await verify(make())).toMatchObject({
      code: 0,
      valid: true,
      form,
      problem: null,
      causes: [],
      certificate: { checks: { signature: true, chain: true, dates: true, owner: true } },
    })
  })
  test('and explains it in words, with certId, dates and every field', async () => {
    const { code, out } = await doctor(
      'verify',
      file('valid', asForm(message)),
      '--root',
      join(folder, 'root.pem'),
      '--middle',
      join(folder, 'middle.pem'),
      '--at',
      now.toISOString(),
    )
    expect(code).toBe(0)
    expect(out).toMatch(/^VALID\nform: notification/)
    expect(out).toContain(`certId ${certificateOf(signer.certificate).cert_id}`)
    expect(out).not.toContain('6218400000000000001')
  })
  test('of 5.0.0 with the certificate given, and of signMethod 11 with the shared key', async () => {
    const old = signAsUnionPay(
      { ...paid, certId: certificateOf(signer.certificate).cert_id },
      signer,
      '5.0.0',
    )
    expect(await verify(asForm(old), '--cert', join(folder, 'leaf.pem'))).toMatchObject({ code: 0 })
    expect(await verify(asForm(old))).toMatchObject({ code: 1, problem: 'cert_id_unknown' })
    const shared = { ...paid, version: '5.1.0', signMethod: '11' }
    const captured = asForm({ ...shared, signature: hex(`${textOf(shared)}&${hex('secret')}`) })
    expect(await verify(captured, '--secure-key', file('key', 'secret\n'))).toMatchObject({
      code: 0,
      valid: true,
    })
    expect(await verify(captured, '--secure-key', file('key', 'other'))).toMatchObject({
      code: 1,
      problem: 'signature_wrong',
    })
  })
})

describe('doctor verify explains', () => {
  const shelf: [string, () => string | Buffer, RegExp][] = [
    [
      'line ends normalised',
      () => json(changed({ signPubKeyCert: lf(signer.pem) })),
      /CRLF: line ends were normalised/,
    ],
    [
      'line ends of a whole answer normalised',
      () => lf(asAnswer(message).toString()),
      /CRLF: line ends were normalised/,
    ],
    [
      'line ends still escaped',
      () => json(changed({ signPubKeyCert: signer.pem.replaceAll('\r\n', '\\r\\n') })),
      /real line ends/,
    ],
    [
      'line ends lost',
      () => json(changed({ signPubKeyCert: signer.pem.replaceAll('\r\n', ' ') })),
      /laid out again/,
    ],
    [
      '+ that became blank in the signature',
      () => json(changed({ signature: (message.signature ?? '').replaceAll('+', ' ') })),
      /blanks in `signature` are `\+`/,
    ],
    [
      'an answer decoded as a form',
      () => json(Object.fromEntries(new URLSearchParams(asAnswer(message).toString()))),
      /put together again.*decoded as a form/,
    ],
    [
      '+ that became blank in a field',
      () => json(changed({ reqReserved: 'a b/c=' })),
      /blanks in `reqReserved` are `\+`/,
    ],
    [
      'values still encoded',
      () =>
        json(
          Object.fromEntries(
            Object.entries(message).map(([name, value]) => [name, encodeURIComponent(value)]),
          ),
        ),
      /URL-decoding once more/,
    ],
    [
      'another spelling of the charset',
      () => json(changed({ encoding: 'utf-8' })),
      /encoding=UTF-8/,
    ],
    [
      'GBK turned into UTF-8',
      () => {
        const fields = {
          ...paid,
          encoding: 'GBK',
          version: '5.1.0',
          signMethod: '01',
          signPubKeyCert: signer.pem,
        }
        return json({
          ...fields,
          signature: signWith('sha256', hex(Buffer.from(gbkOf(textOf(fields)) ?? '', 'latin1'))),
        })
      },
      /over GBK bytes/,
    ],
    [
      'an empty field that was added',
      () => json(changed({ acqInsCode: '' })),
      /without the empty fields \(acqInsCode\)/,
    ],
    [
      'an empty field that was dropped',
      () =>
        json(
          (({ reserved: _r, ...rest }) => rest)(signAsUnionPay({ ...paid, reserved: '' }, signer)),
        ),
      /with an empty `reserved`/,
    ],
    [
      'a parameter of the address mixed in',
      () => asForm(changed({ shop: '7' })),
      /verifies without `shop`/,
    ],
    [
      'signed in the order of the wire',
      () => {
        const fields = { version: '5.1.0', signMethod: '01', signPubKeyCert: signer.pem, ...paid }
        return json({
          ...fields,
          signature: signWith('sha256', hex(textOf(fields, (names) => names))),
        })
      },
      /order they came/,
    ],
    [
      'one hash',
      () => json(changed({ signature: signWith('sha256', textOf(message)) })),
      /one hash/,
    ],
    [
      'SHA-1',
      () =>
        json(
          changed({
            signature: signWith('sha1', createHash('sha1').update(textOf(message)).digest('hex')),
          }),
        ),
      /SHA-1 as in version 5\.0\.0/,
    ],
    [
      'split at an inner &',
      () =>
        json(
          Object.fromEntries(
            Object.entries(message).flatMap(([name, value]) =>
              name === 'tokenPayData'
                ? [
                    [name, '{token=6218400000000000001'],
                    ['trId', '62000000001'],
                    ['tokenType', '01}'],
                  ]
                : [[name, value]],
            ),
          ),
        ),
      /put together again/,
    ],
    [
      'another key',
      () =>
        json(
          changed({
            signature: sign(
              'sha256',
              Buffer.from(hex(textOf(message))),
              authority.foreign_key,
            ).toString('base64'),
          }),
        ),
      /another key signed it/,
    ],
    [
      'a changed amount',
      () => json(changed({ txnAmt: '35000' })),
      /right key signed it, but over another text/,
    ],
    [
      'a foreign root',
      () =>
        asForm(
          signAsUnionPay(
            paid,
            authority.leaf({ issuer: authority.foreign_root, key: authority.foreign_key }),
          ),
        ),
      /does not lead to the root/,
    ],
    [
      'another owner',
      () => asForm(signAsUnionPay(paid, authority.leaf({ cn: '041@x@某某科技有限公司@1' }))),
      /belongs to 某某科技有限公司/,
    ],
    [
      'the test owner',
      () => asForm(signAsUnionPay(paid, authority.leaf({ cn: '041@x@00040000:SIGN@1' }))),
      /--owner test/,
    ],
    [
      'an old certificate',
      () => asForm(signAsUnionPay(paid, authority.leaf({ to: authority.years(-0.5) }))),
      /ended on .* --at/,
    ],
    [
      'no certificate',
      () => asForm((({ signPubKeyCert: _c, ...rest }) => rest)(message)),
      /no field `signPubKeyCert`/,
    ],
    [
      'no signature',
      () => asForm((({ signature: _s, ...rest }) => rest)(message)),
      /no field `signature`/,
    ],
    ['a field twice', () => `${asForm(message).toString()}&txnAmt=350`, /comes twice/],
    ['a cut escape', () => `${asForm(message).toString()}&x=%E`, /no escape/],
    ['a web page', () => '<html>\n<body>respCode: none</body></html>', /web page/],
  ]
  test.for(shelf)('%s', async ([, make, cause]) => {
    const found = await verify(make())
    expect(found).toMatchObject({ code: 1, valid: false })
    expect(found.problem).not.toBeNull()
    expect(found.causes.join('\n')).toMatch(cause)
  })
  test('suspicious fields, one by one', async () => {
    const fields = changed({
      reqReserved: ' x',
      txnTime: '2026-11-22 12:00',
      orderId: 'a_b',
      txnAmt: '3.50',
      queryId: '',
      signPubKeyCert: lf(signer.pem),
      tokenPayData: '{token=1',
    })
    const { fields: results, remarks } = await verify(
      json({ ...fields, certId: 12345, accNo: null }).replace('12345,', '12345678901234567,'),
    )
    const remark = Object.fromEntries(results.map((one) => [one.name, one.remark]))
    expect(remark).toMatchObject({
      reqReserved: expect.stringContaining('blank'),
      txnTime: expect.stringContaining('Beijing'),
      orderId: expect.stringContaining('letters'),
      txnAmt: expect.stringContaining('fen'),
      queryId: expect.stringContaining('empty'),
      signPubKeyCert: expect.stringContaining('LF'),
      tokenPayData: expect.stringContaining('braces'),
      merId: null,
    })
    expect(results.find((one) => one.name === 'certId')?.value).toBe('12345678901234567')
    expect(remarks.join()).toMatch(/`certId` is a number.*`accNo` is null/)
  })
  test('dates as of the time given: a message that was valid then is valid', async () => {
    const old = signAsUnionPay(
      paid,
      authority.leaf({ from: authority.years(-1.5), to: authority.years(-0.5) }),
    )
    expect(await verify(asForm(old), '--at', authority.years(-1).toISOString())).toMatchObject({
      code: 0,
    })
    expect(await verify(asForm(old))).toMatchObject({ code: 1, problem: 'expired' })
    expect(
      await verify(
        asForm(signAsUnionPay(paid, authority.leaf({ cn: '041@x@00040000:SIGN@1' }))),
        '--owner',
        'test',
      ),
    ).toMatchObject({ code: 0 })
  })
})

test('doctor verify without certificates, with a wrong time, rule or file exits 2 with a sentence', async () => {
  const captured = file('c', asForm(message))
  const root = ['--root', join(folder, 'root.pem')]
  expect(await doctor('verify', captured)).toMatchObject({
    code: 2,
    err: expect.stringContaining('--root'),
  })
  expect(await doctor('verify', captured, ...root, '--at', 'noon')).toMatchObject({
    code: 2,
    err: expect.stringContaining('--at'),
  })
  expect(await doctor('verify', captured, ...root, '--owner', 'any')).toMatchObject({
    code: 2,
    err: expect.stringContaining('--owner'),
  })
  expect(await doctor('verify', captured, '--root', captured)).toMatchObject({
    code: 2,
    err: expect.stringContaining('no certificate'),
  })
  expect(await doctor('verify', join(folder, 'none'), ...root)).toMatchObject({
    code: 2,
    err: expect.stringContaining('none'),
  })
})

test('doctor verify --json exits 0 or 1 and prints all of it', async () => {
  const words = [
    '--root',
    join(folder, 'root.pem'),
    '--middle',
    join(folder, 'middle.pem'),
    '--at',
    now.toISOString(),
    '--json',
  ]
  expect(await doctor('verify', file('g', asForm(message)), ...words)).toMatchObject({ code: 0 })
  const { code, out } = await doctor(
    'verify',
    file('h', asForm(changed({ txnAmt: '1' }))),
    ...words,
  )
  expect(code).toBe(1)
  expect(JSON.parse(out)).toMatchObject({ valid: false, problem: 'signature_wrong' })
})

describe('doctor pfx', () => {
  test.for(['old', 'new'] as const)(
    'prints subject, decimal certId and dates of an %s file',
    async (form) => {
      const own = authority.leaf({ cn: '898310148160568:SIGN' })
      const pfx = file(`${form}.pfx`, writePfx(own, '000000', form))
      const { code, out } = await doctor('pfx', pfx, '--password', '000000')
      expect(code).toBe(0)
      for (const part of [
        'CN=898310148160568:SIGN',
        BigInt(`0x${own.certificate.serialNumber}`).toString(),
        '2025-11-22',
        '2030-11-21',
        'rsa 2048 bit',
        'material: test',
      ])
        expect(out).toContain(part)
      const results = await doctor(
        'pfx',
        pfx,
        '--password-file',
        file('password', '000000\n'),
        '--json',
      )
      expect(JSON.parse(results.out)).toMatchObject({
        opened: true,
        cert_id: certificateOf(own.certificate).cert_id,
        valid_from: expect.stringMatching(/^2025/),
      })
    },
  )
  test('reports a wrong password with exit 1, a missing one or file with exit 2', async () => {
    const pfx = file('x.pfx', writePfx(authority.leaf(), '000000', 'old'))
    expect(await doctor('pfx', pfx, '--password', '1')).toMatchObject({
      code: 1,
      out: expect.stringMatching(/NOT OPENED: .*does not open with this password/),
    })
    expect(await doctor('pfx', pfx)).toMatchObject({
      code: 2,
      err: expect.stringContaining('--password'),
    })
    expect(await doctor('pfx', join(folder, 'none.pfx'), '--password', '1')).toMatchObject({
      code: 2,
      err: expect.stringContaining('none.pfx'),
    })
  })
})

test('doctor profiles names every mistake', async () => {
  const { code, out } = await doctor(
    'profiles',
    file('profiles.json', '{"name":"x","bizType":"1"}'),
  )
  expect(code).toBe(1)
  expect(out).toMatch(/charge profile "x": path is missing[^]*bizType is "1"; allowed: six digits/)
})
