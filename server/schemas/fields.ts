import { Type, type Static, type TObject, type TProperties, type TSchema } from 'typebox'

/**
 * The forms that requests and answers are made of: JSON Schema that validates, serializes and
 * documents at once.
 */

export const text = (description: string, example: string) =>
  Type.String({ description, examples: [example] })
export const flag = (description: string) => Type.Boolean({ description })
export const count = (description: string) => Type.Integer({ description, minimum: 0 })
export const instant = (description: string) =>
  Type.String({
    description: `${description} ISO 8601, UTC.`,
    examples: ['2026-11-22T04:00:00.000Z'],
  })
export const day = (description: string) =>
  Type.String({
    description: `${description} A day in Beijing, YYYY-MM-DD.`,
    examples: ['2026-11-22'],
  })
export const fen = (description: string) =>
  Type.Integer({ description: `${description} Fen (1/100 yuan).`, examples: [350] })
export const id = (description: string) =>
  Type.String({ description, pattern: '^[0-9A-Z]{26}$', examples: ['01KBN2V7Q4TZ8M3RXJ5W9GYHC6'] })

/** A closed list of words. */
export const oneOf = <const Word extends string>(words: readonly Word[], description: string) =>
  Type.Unsafe<Word>({ type: 'string', enum: [...words], description, examples: [words[0]] })

/** The same, or null. Written as a type list: quicker to serialize than `anyOf`. */
export const orNull = <Schema extends TSchema>(schema: Schema) => {
  const { type, enum: words } = schema as { type?: string; enum?: string[] }
  return Type.Unsafe<Static<Schema> | null>({
    ...schema,
    type: [type, 'null'],
    ...(words ? { enum: [...words, null] } : {}),
  })
}

/** An answer's object; `name` is what the published document and the typed client call it. */
export const shape = <Properties extends TProperties>(
  name: string,
  description: string,
  properties: Properties,
): TObject<Properties> => Type.Object(properties, { title: name, description })

/** One page of a list. */
export const page = <Item extends TSchema, Key extends string>(
  name: string,
  key: Key,
  item: Item,
  order = 'newest first',
) =>
  Type.Unsafe<Record<Key, Static<Item>[]> & { next_cursor: string | null }>({
    type: 'object',
    title: name,
    description: `One page, ${order}.`,
    required: [key, 'next_cursor'],
    properties: {
      [key]: { type: 'array', items: item, description: 'At most `limit` of them.' },
      next_cursor: orNull(
        text(
          'Send it as `cursor` for the next page; null when there is no more.',
          '01KBN2V7Q4TZ8M3RXJ5W9GYHC6',
        ),
      ),
    },
  })

const closed = { additionalProperties: false }
/** A request's object: an unknown field is refused, never ignored. */
export const request = <Properties extends TProperties>(
  properties: Properties,
): TObject<Properties> => Type.Object(properties, closed)

export const OurId = id(
  'Our id: 26 digits and capital letters. Sorts by the time it was made, not by when it became visible.',
)
export const UserId = Type.String({
  pattern: '^[\\x21-\\x7e]{1,64}$',
  description: 'Your own id of the payer.',
  examples: ['U1001'],
})
export const PlanId = Type.String({
  pattern: '^[A-Za-z0-9]{1,32}$',
  description: 'UnionPay’s number of the signing template (签约模板).',
  examples: ['a1f0c3d2e4b5968778695a4b3c2d1e04'],
})
export const MerchantNo = Type.String({
  pattern: '^[0-9A-Za-z]{15}$',
  description: '商户号, one of ACP_MERCHANTS.',
  examples: ['898310148160568'],
})
export const MerchantOrderNo = Type.String({
  pattern: '^[\\x21-\\x7e]{1,64}$',
  description:
    'Your own number for what is paid. A second charge for it is refused while an earlier one may be paid.',
  examples: ['SHOP-20261122-0001'],
})
/** UnionPay counts at most 12 digits of fen (ACP §9); no plan allows as much. */
export const AmountFen = Type.Integer({
  minimum: 1,
  maximum: 999_999_999_999,
  description: 'Fen (1/100 yuan): 350 is ¥3.50.',
  examples: [350],
})
/** One line without control characters. */
export const Description = Type.String({
  pattern: '^[^\\x00-\\x1f\\x7f]{1,128}$',
  description: 'One line the payer reads on the bill.',
  examples: ['乌龙茶 500 毫升'],
})
export const Instant = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,6})?(Z|[+-]\\d{2}:\\d{2})$',
  description: 'ISO 8601 with offset; in an address write + as %2B.',
  examples: ['2026-11-22T00:00:00+08:00'],
})
export const Day = Type.String({
  pattern: '^20\\d{2}-\\d{2}-\\d{2}$',
  description: 'A day in Beijing, YYYY-MM-DD.',
  examples: ['2026-11-22'],
})
export const Cursor = Type.String({
  pattern: '^[0-9A-Z]{26}$',
  description: '`next_cursor` of the page before.',
  examples: ['01KBN2V7Q4TZ8M3RXJ5W9GYHC6'],
})
export const Limit = Type.String({
  pattern: '^([1-9]\\d?|100)$',
  description: 'Page size, 1 to 100; 50 by default.',
  examples: ['50'],
})
export const YesOrNo = (description: string) => oneOf(['true', 'false'], description)

export const ById = request({ id: OurId })
export const ByOrder = request({ order_id: OurId })
export const Nothing = request({})

export const ofPage = { cursor: Type.Optional(Cursor), limit: Type.Optional(Limit) }
