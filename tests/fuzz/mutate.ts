import fc from 'fast-check'

/** Changes to a message in transit: to its bytes, or to its fields. */
type Change = (bytes: Buffer) => Buffer
const share = fc.double({ min: 0, max: 1, noNaN: true })
const place = (bytes: Buffer, where: number): number =>
  Math.min(bytes.length - 1, Math.floor(where * bytes.length))

const lures = [
  '&',
  '=',
  '%',
  '%00',
  '%zz',
  '%26',
  '%3D',
  '\0',
  '\r\n',
  '{',
  '}',
  '[',
  ']',
  '+',
  '&&',
  '"',
  "'",
  '\\',
  '\ufeff',
  '\ud800',
  '退',
  '/../',
  '__proto__',
  'null',
  '-1',
  '1e999',
  '&respCode=00',
  '&signMethod=11',
  '&encoding=GBK',
]

const ofBytes: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(share, fc.nat(7)).map(([where, bit]): Change => (bytes) => {
    const changed = Buffer.from(bytes)
    if (bytes.length > 0)
      changed[place(bytes, where)] = (changed[place(bytes, where)] ?? 0) ^ (1 << bit)
    return changed
  }),
  fc.tuple(share, share).map(
    ([one, other]): Change =>
      (bytes) =>
        bytes.subarray(
          ...([place(bytes, one), place(bytes, other)].toSorted((a, b) => a - b) as [
            number,
            number,
          ]),
        ),
  ),
  fc
    .tuple(
      share,
      fc.oneof(
        fc.constantFrom(...lures).map((text) => Buffer.from(text)),
        fc.uint8Array({ maxLength: 8 }).map((more) => Buffer.from(more)),
      ),
    )
    .map(
      ([where, more]): Change =>
        (bytes) =>
          Buffer.concat([
            bytes.subarray(0, place(bytes, where)),
            more,
            bytes.subarray(place(bytes, where)),
          ]),
    ),
  fc.tuple(share, fc.integer({ min: 1, max: 400 })).map(
    ([where, times]): Change =>
      (bytes) =>
        Buffer.concat([
          bytes,
          ...Array.from({ length: times }, () =>
            bytes.subarray(place(bytes, where), place(bytes, where) + 8),
          ),
        ]),
  ),
)

const onFields =
  (change: (fields: string[]) => string[]): Change =>
  (bytes) =>
    Buffer.from(change(bytes.toString('latin1').split('&')).join('&'), 'latin1')
const percent = (text: string): string =>
  [...Buffer.from(text, 'latin1')].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
const one = (fields: string[], where: number, change: (field: string) => string[]): string[] =>
  fields.flatMap((field, index) =>
    index === Math.floor(where * fields.length) ? change(field) : [field],
  )
const valued = (field: string, change: (value: string) => string): string =>
  `${field.split('=')[0]}=${change(field.slice(field.indexOf('=') + 1))}`

const ofFields: fc.Arbitrary<Change> = fc.oneof(
  share.map((where) =>
    onFields((fields) => [
      ...fields.slice(Math.floor(where * fields.length)),
      ...fields.slice(0, Math.floor(where * fields.length)),
    ]),
  ),
  share.map((where) => onFields((fields) => one(fields, where, (field) => [field, field]))),
  fc
    .tuple(share, fc.constantFrom(...lures))
    .map(([where, value]) =>
      onFields((fields) => one(fields, where, (field) => [field, valued(field, () => value)])),
    ),
  share.map((where) => onFields((fields) => one(fields, where, () => []))),
  fc
    .tuple(share, fc.constantFrom('', ...lures))
    .map(([where, value]) =>
      onFields((fields) => one(fields, where, (field) => [valued(field, () => value)])),
    ),
  share.map((where) =>
    onFields((fields) => one(fields, where, (field) => [valued(field, percent)])),
  ),
  // two fields in one: the signed string stays the same, the fields do not
  share.map((where) =>
    onFields((fields) => {
      const [, ...names] = fields.toSorted().map((field) => field.split('=')[0] ?? '')
      const merged = names[Math.floor(where * names.length)]
      const sorted = fields.toSorted()
      const index = sorted.findIndex((field) => field.startsWith(`${merged}=`))
      return index < 1
        ? fields
        : [
            ...sorted.slice(0, index - 1),
            `${sorted[index - 1]}%26${(sorted[index] ?? '').replace('=', '%3D')}`,
            ...sorted.slice(index + 1),
          ]
    }),
  ),
)

/** One of these messages, changed in one to three ways. */
const mutated = (seeds: readonly (string | Buffer)[]): fc.Arbitrary<Buffer> =>
  fc
    .tuple(
      fc.constantFrom(...seeds),
      fc.array(fc.oneof({ weight: 2, arbitrary: ofBytes }, { weight: 3, arbitrary: ofFields }), {
        minLength: 1,
        maxLength: 3,
      }),
    )
    .map(([seed, changes]) =>
      changes.reduce((bytes: Buffer, change) => change(bytes), Buffer.from(seed)),
    )

/** What was never a message. */
const junk: fc.Arbitrary<Buffer> = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc.string({ unit: 'binary', maxLength: 100 }).map((text) => Buffer.from(text)),
  fc.webQueryParameters().map((text) => Buffer.from(text)),
  fc.json().map((text) => Buffer.from(text)),
  fc
    .array(fc.constantFrom(...lures), { maxLength: 12 })
    .map((parts) => Buffer.from(parts.join(''))),
)

export const messages = (seeds: readonly (string | Buffer)[]): fc.Arbitrary<Buffer> =>
  fc.oneof({ weight: 4, arbitrary: mutated(seeds) }, { weight: 1, arbitrary: junk })
