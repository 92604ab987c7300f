/**
 * One thing a person can do in the shop page's world. Without a plan_id there is no agreement
 * template for it here.
 */
export type Product = {
  product_id: string
  group: string
  use: string
  title: string
  /** what the merchant writes on the bill */
  description: string
  amount_fen: number
  plan_id: string | null
  merchant_no: string
  /** drawn as a scene of its own on the shop page */
  /** so many days before a renewal the payer is notified; null: nothing renews by itself */
  notice_days: number | null
  scene: 'metro_gate' | 'parking_gate' | 'vending_machine' | 'membership' | null
}

const plan = (number: number): string => `a1f0c3d2e4b5968778695a4b3c2d1e0${number}`
const [retail, utilities] = ['898310148160568', '898310148160569']

const product = (
  product_id: string,
  group: string,
  use: string,
  title: string,
  description: string,
  amount_fen: number,
  more: Partial<Pick<Product, 'plan_id' | 'merchant_no' | 'notice_days' | 'scene'>> = {},
): Product => ({
  product_id,
  group,
  use,
  title,
  description,
  amount_fen,
  plan_id: null,
  merchant_no: retail,
  notice_days: null,
  scene: null,
  ...more,
})

/** Every use the product manual names (MANUAL, Scenes), at least one of each group worked out. */
export const products: readonly Product[] = [
  product('metro_ride', '交通出行', '地铁', '坐一次地铁', '地铁 人民广场—静安寺', 400, {
    plan_id: plan(1),
    scene: 'metro_gate',
  }),
  product('bus_ride', '交通出行', '公交码', '坐一次公交', '公交 20 路', 200),
  product('taxi_ride', '交通出行', '打车', '打一次车', '出租车 12 公里', 3_600),
  product('parking', '车主服务', '无感停车', '停两小时车', '停车 2 小时', 1_500, {
    plan_id: plan(2),
    scene: 'parking_gate',
  }),
  product('highway', '车主服务', '无感高速', '过一次收费站', '高速通行费', 4_500),
  product('fuel', '车主服务', '无感加油', '加 30 升油', '95 号汽油 30 升', 25_800, {
    plan_id: plan(3),
  }),
  product('drink', '智慧零售', '无人货柜', '拿一瓶饮料', '乌龙茶 500 毫升', 350, {
    plan_id: plan(4),
    scene: 'vending_machine',
  }),
  product('snack_bag', '智慧零售', '无人货柜', '拿一袋零食', '坚果大礼包', 4_900, {
    plan_id: plan(4),
    scene: 'vending_machine',
  }),
  product('supermarket', '智慧零售', '无人超市', '逛一次无人超市', '无人超市购物', 6_230),
  product('checkout', '智慧零售', '无感结账', '离店自动结账', '自动结账', 8_800),
  product('membership', '生活缴费', '会员自动续期', '续一个月会员', '月度会员', 1_500, {
    plan_id: plan(5),
    notice_days: 5,
    scene: 'membership',
  }),
  product('water', '生活缴费', '公缴自动代扣', '缴本月水费', '水费 本月', 8_630, {
    plan_id: plan(6),
    merchant_no: utilities,
  }),
]
