import { Type, type Static } from 'typebox'
import { agreementFor } from './buy.ts'
import {
  askMerchant,
  callMerchant,
  type ChargePage,
  type ContractPage,
  type DebitNotice,
  type DebitNoticePage,
  type ShopAnswer,
} from './merchant-server.ts'
import { products, type Product } from './products.ts'
import type { Shop, ShopRequest } from './shop.ts'
import { beijingTime, randomDigits } from './words.ts'

const closed = { additionalProperties: false }
export const RenewSchema = Type.Object(
  { amount_fen: Type.Integer({ minimum: 1, maximum: 100_000_000 }) },
  closed,
)
export type Renew = Static<typeof RenewSchema>

/**
 * How the next debit stands. `first`: what the person signed for, to be debited without a notice.
 * `due`: the announced day has come.
 */
export type Renewal = { first: boolean; notice: DebitNotice | null; due: boolean }

const day_ms = 86_400_000
const today = (shop: Shop): string => beijingTime(shop.clock.now()).slice(0, 10)

/**
 * What the membership's back end knows before it debits again; it asks the merchant server, which
 * keeps the ledger of notices.
 */
export async function readRenewal(
  shop: Shop,
  request: ShopRequest,
  product_id: string,
): Promise<ShopAnswer> {
  const contract = await merchantsContract(shop, request, product_id)
  if (typeof contract !== 'string') return contract
  const [charged, announced] = await Promise.all([
    askMerchant(shop, (merchant) =>
      merchant.GET('/v1/charges', { params: { query: { contract } } }),
    ),
    askMerchant(shop, (merchant) =>
      merchant.GET('/v1/debit-notices', { params: { query: { contract } } }),
    ),
  ])
  const failed = [charged, announced].find(({ status }) => status !== 200)
  if (failed) return failed
  const taken = (charged.body as ChargePage).charges.filter(({ state }) => state !== 'failed')
  const lastTaken =
    taken
      .map(({ accepted_at }) => beijingTime(new Date(accepted_at)).slice(0, 10))
      .toSorted()
      .at(-1) ?? ''
  const notice =
    (announced.body as DebitNoticePage).debit_notices.find(
      ({ withdrawn_at, debit_on }) => withdrawn_at === null && debit_on > lastTaken,
    ) ?? null
  const due = notice !== null && notice.debit_on <= today(shop)
  if (due) await shop.clock.untilServerFollows()
  return { status: 200, body: { first: taken.length === 0, notice, due } satisfies Renewal }
}

/**
 * Notifies the payer, as many days before as the plan says: in the ledger, on their page, and by a
 * simulated SMS that is reported.
 */
export async function announce(
  shop: Shop,
  request: ShopRequest,
  product_id: string,
  { amount_fen }: Renew,
): Promise<ShopAnswer> {
  const contract = await merchantsContract(shop, request, product_id)
  if (typeof contract !== 'string') return contract
  const product = products.find((one) => one.product_id === product_id) as Product
  const debit_on = new Date(Date.parse(today(shop)) + (product.notice_days ?? 0) * day_ms)
    .toISOString()
    .slice(0, 10)
  const notice = await callMerchant(shop, (merchant) =>
    merchant.POST('/v1/contracts/{id}/debit-notices', {
      params: { path: { id: contract } },
      body: {
        debit_on,
        amount_fen,
        description: product.description,
        way_to_cancel: '本页“关闭免密支付”，随时可关',
      },
    }),
  )
  if (notice.status >= 300) return notice
  return callMerchant(shop, (merchant) =>
    merchant.POST('/v1/debit-notices/{id}/deliveries', {
      params: { path: { id: (notice.body as DebitNotice).id } },
      body: { channel: 'sms', proof: `SMS${randomDigits(10)}` },
    }),
  )
}

/**
 * The merchant server's own number of the contract; the shop knows the 应用方签约号 that UnionPay
 * was given.
 */
async function merchantsContract(
  shop: Shop,
  request: ShopRequest,
  product_id: string,
): Promise<string | ShopAnswer> {
  const product = products.find((one) => one.product_id === product_id)
  const signed = product && agreementFor(shop, request, product)
  if (!product?.plan_id || signed?.status !== 'signed')
    return { status: 409, body: { error: 'not_signed', message: '还没有签约，先在商户页面里开通' } }
  const { plan_id } = product
  const listed = await askMerchant(shop, (merchant) =>
    merchant.GET('/v1/contracts', {
      params: { query: { plan_id, state: 'active', limit: '100' } },
    }),
  )
  if (listed.status !== 200) return listed
  const found = (listed.body as ContractPage).contracts.find(
    ({ contract_code }) => contract_code === signed.contract_code,
  )
  return (
    found?.id ?? {
      status: 404,
      body: { error: 'contract_unknown', message: '商户服务器不认识这份协议' },
    }
  )
}
