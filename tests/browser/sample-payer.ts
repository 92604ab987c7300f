import { createMerchant, orderNo, retail } from '../support/charging.ts'
import { createGatewayControl } from '../support/gateway-world.ts'
import type { Payer } from '../support/payer.ts'
import { plan, type World } from '../support/world.ts'

/** A page by its path, and a text that it shows once it has loaded. */
export type SamplePage = { path: string; text: string }

export type SamplePayer = { payer: Payer; pages: Record<string, SamplePage>; signing_page: string }

/**
 * A payer with data for every page: paid, refunded, declined and pending bills, a coming renewal,
 * an active and an ended contract, a refused and an unfinished signing.
 */
export async function createSamplePayer(world: World): Promise<SamplePayer> {
  const payer = await world.signedIn()
  const signed = await payer.sign(plan.vending)
  const ended = await payer.sign(plan.water).catch(async () => payer.sign(plan.metro))
  await payer.terminate(ended.signing_id)
  const renewed = await payer.sign(plan.membership)
  const refused = await payer.start(plan.metro)
  await payer.back(await payer.decide(refused.signing_page_url, 'refuse'))
  const waiting = await payer.start(plan.fuel)
  const bill = await createBills(world, signed.contract?.id ?? '')
  await announceDebit(world, renewed.contract?.id ?? '')
  const pages = {
    'the list of services': { path: '/', text: '无人货柜开门即购' },
    'a plan': { path: `/plans/${plan.fuel}`, text: '扣款顺序' },
    'a signed plan': { path: `/plans/${plan.vending}`, text: '你已签约这项服务' },
    'the agreement': { path: `/plans/${plan.metro}/agreement`, text: '五、怎么解约' },
    'the privacy notice': { path: '/privacy', text: '你的权利' },
    'my data': { path: '/privacy/mine', text: '导出我的信息' },
    'the result 成功': { path: `/signings/${signed.signing_id}`, text: '签约成功' },
    'the result 已取消': { path: `/signings/${refused.signing_id}`, text: '已取消签约' },
    'the unfinished signing': { path: `/signings/${waiting.signing_id}`, text: '你还没有完成签约' },
    'my contracts': { path: '/contracts', text: '已结束（1）' },
    'a contract': { path: `/contracts/${signed.signing_id}`, text: '签约生效' },
    'a contract that renews': { path: `/contracts/${renewed.signing_id}`, text: '将自动扣款' },
    'an ended contract': { path: `/contracts/${ended.signing_id}`, text: '你在此页面解约' },
    'my bills': { path: '/bills', text: '没有更早的账单了' },
    'a partially refunded bill': { path: `/bills/${bill.part}`, text: '退款成功 ¥1.00' },
    'a declined bill': { path: `/bills/${bill.declined}`, text: '扣款未成功 ¥13.64' },
    'a pending bill': { path: `/bills/${bill.waiting}`, text: '正在等待银联的结果' },
    'the confirmation before a contract ends': {
      path: `/contracts/${signed.signing_id}/end`,
      text: '气泡水',
    },
    'outside the wallet': { path: '/outside', text: '复制链接' },
    'a blocked script': { path: '/blocked', text: '重新加载' },
    'an outdated wallet': { path: '/old-app', text: '云闪付版本太旧' },
    'an unknown page': { path: '/nowhere', text: '找不到这个页面' },
  }
  return { payer, pages, signing_page: waiting.signing_page_url }
}

async function announceDebit(world: World, contract: string): Promise<void> {
  const merchant = createMerchant(world.url, await world.key(['charge']))
  const debit_on = new Date(
    world.app.charges.clock.now().getTime() + 8 * 3_600_000 + 6 * 86_400_000,
  )
    .toISOString()
    .slice(0, 10)
  await merchant.call('POST', `/v1/contracts/${contract}/debit-notices`, {
    debit_on,
    amount_fen: 1500,
    description: '12 月会员',
    way_to_cancel: '签约页',
  })
}

async function createBills(world: World, contract: string) {
  const merchant = createMerchant(world.url, await world.key(['read', 'charge', 'refund']))
  const gateway = createGatewayControl(world.sandbox.url)
  const charge = async (amount_fen: number, description: string) =>
    (
      await merchant.charge({
        merchant_order_no: orderNo(),
        amount_fen,
        description,
        contract,
        merchant_no: retail,
      })
    ).order_id
  await world.control.change({ booking_delay_ms: 0 })
  await gateway.addRule({ match: { amount_fen: 1_364 }, effect: { kind: 'outcome', resp: '64' } })
  await gateway.addRule({ match: { amount_fen: 477 }, effect: { kind: 'timeout_before' } })
  const [part, declined, waiting] = [
    await charge(350, '乌龙茶 500 毫升'),
    await charge(1_364, '进口混合坚果大礼包家庭装 1.5 千克'),
    await charge(477, '气泡水'),
  ]
  await Promise.all([part, declined].map(merchant.settled))
  await merchant.settledRefund(part, (await merchant.refund(part, 100)).order_id)
  return { part, declined, waiting }
}
