import { Type, type Static } from 'typebox'
import { callMerchant, type ShopAnswer } from './merchant-server.ts'
import { products, type Product } from './products.ts'
import type { Agreement, Shop, ShopRequest } from './shop.ts'
import { beijingTime, randomDigits, randomHex } from './words.ts'

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
export const productViews = (shop: Shop, request: ShopRequest) =>
  products.map((product) => {
    const agreement = agreementFor(shop, request, product)
    return {
      ...product,
      contract_id: agreement?.contract_id ?? null,
      signed: agreement?.status === 'signed',
    }
  })

/**
 * What the shop's back end does when the door of the machine closes: asks the merchant server for
 * the charge.
 */
export async function buy(
  shop: Shop,
  request: ShopRequest,
  { product_id, amount_fen, description, purchase_id, user_id }: Buy,
): Promise<ShopAnswer> {
  const product = products.find((one) => one.product_id === product_id)
  if (!product) return { status: 404, body: { error: 'unknown_product', message: '没有这件商品' } }
  if (product.plan_id === null)
    return {
      status: 409,
      body: { error: 'no_plan', message: `${product.use} 在沙箱里还没有签约模板` },
    }
  const agreement = agreementFor(shop, request, product)
  if (!agreement && user_id === undefined) {
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
      ? { contract_id: agreement?.contract_id ?? '' }
      : { user_id, plan_id: product.plan_id }
  const answer = await callMerchant(shop, (merchant) =>
    merchant.POST('/v1/charges', {
      params: { header: { 'idempotency-key': key } },
      body: {
        ...party,
        merchant_order_no: orderNo(shop, purchase_id),
        amount_fen: amount_fen ?? product.amount_fen,
        description: description ?? product.description,
        merchant_no: product.merchant_no,
      },
    }),
  )
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
export const requestRefund = (
  shop: Shop,
  order_id: string,
  wanted: Static<typeof RefundSchema>,
): Promise<ShopAnswer> =>
  callMerchant(shop, (merchant) =>
    merchant.POST('/v1/charges/{order_id}/refunds', {
      params: { path: { order_id }, header: { 'idempotency-key': `shop-${randomHex(12)}` } },
      body: { ...wanted, description: '商店退款' },
    }),
  )

/** A repeated purchase repeats its number too. */
const orderNo = (shop: Shop, purchase_id: string | undefined): string =>
  purchase_id ?? `SHOP${beijingTime(shop.clock.now()).replace(/\D/g, '')}${randomDigits(6)}`

/**
 * The signed one, else the last one ended: then the merchant server says why it may not be charged.
 */
export const agreementFor = (
  shop: Shop,
  request: ShopRequest,
  { plan_id }: Product,
): Agreement | null => (plan_id === null ? null : shop.findAgreement(request, plan_id))
