import { Type, type Static } from 'typebox'
import { compactBeijingTime } from '../beijing-time.ts'
import type { Parts } from '../parts.ts'
import { randomDigits, randomHex } from '../random.ts'
import type { User } from '../wallet/users.ts'
import { callMerchant, type ShopAnswer } from './merchant-server.ts'
import { products, type Product } from './products.ts'

export const BuySchema = Type.Object(
  {
    product_id: Type.String({ maxLength: 64 }),
    /** another price than the product's */
    amount_fen: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000_000 })),
    /** what the bill says, in place of the product's own words */
    description: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    /** repeats a purchase: the same key is sent again */
    purchase_id: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z-]{8,64}$' })),
    /** a user of the native app, in place of the wallet's contract */
    user_id: Type.Optional(Type.String({ maxLength: 128 })),
  },
  { additionalProperties: false },
)
export type Buy = Static<typeof BuySchema>

/** The products, each with whether this wallet has signed for it. */
export const productViews = (parts: Parts, user: User) =>
  products.map((product) => {
    const contract = contractFor(parts, user, product)
    return {
      ...product,
      contract_id: contract?.contract_id ?? null,
      signed: contract?.status === 'signed',
    }
  })

/**
 * What the shop's back end does when the door of the machine closes: asks the merchant server for the charge. The shop keeps
 * the agreement numbers of its customers; here it looks them up where they were made.
 */
export async function buy(
  parts: Parts,
  user: User,
  { product_id, amount_fen, description, purchase_id, user_id }: Buy,
): Promise<ShopAnswer> {
  const product = products.find((one) => one.product_id === product_id)
  if (!product) return { status: 404, body: { error: 'unknown_product', message: '没有这件商品' } }
  if (product.plan_id === null)
    return {
      status: 409,
      body: { error: 'no_plan', message: `${product.use} 在沙箱里还没有签约模板` },
    }
  const contract = contractFor(parts, user, product)
  if (!contract && user_id === undefined) {
    return {
      status: 409,
      body: {
        error: 'not_signed',
        message: '还没有签约，先在商户页面里开通',
        plan_id: product.plan_id,
      },
    }
  }
  const key = purchase_id ?? `shop-${randomHex(12)}`
  const party =
    user_id === undefined
      ? { contract_id: contract?.contract_id ?? '' }
      : { user_id, plan_id: product.plan_id }
  const answer = await callMerchant(parts, 'createCharge', {
    idempotency_key: key,
    body: {
      ...party,
      merchant_order_no: orderNo(parts, purchase_id),
      amount_fen: amount_fen ?? product.amount_fen,
      description: description ?? product.description,
      merchant_no: product.merchant_no,
    },
  })
  return {
    status: answer.status,
    body: { purchase_id: key, product_id, ...(answer.body as object) },
  }
}

export const RefundSchema = Type.Object(
  {
    /** without it all that is left */
    amount_fen: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000_000 })),
  },
  { additionalProperties: false },
)

/** Somebody brings it back: the back end asks the merchant server for the refund. */
export const giveBack = (
  parts: Parts,
  order_id: string,
  wanted: Static<typeof RefundSchema>,
): Promise<ShopAnswer> =>
  callMerchant(parts, 'createRefund', {
    path: { order_id },
    idempotency_key: `shop-${randomHex(12)}`,
    body: { ...wanted, description: '商店退款' },
  })

/** A repeated purchase repeats its number too. */
const orderNo = (parts: Parts, purchase_id: string | undefined): string =>
  purchase_id ?? `SHOP${compactBeijingTime(parts.clock.now())}${randomDigits(6)}`

/** The signed one, else the last one ended: then the merchant server says why it may not be charged. */
export const contractFor = (parts: Parts, user: User, { plan_id }: Product) =>
  plan_id === null ? null : parts.contracts.currentOf(user.open_id, plan_id)
