import { createMerchant, createPurchases } from '../support/charging.ts'
import { createGatewayControl } from '../support/gateway-world.ts'
import type { Payer } from '../support/payer.ts'
import { plan, type World } from '../support/world.ts'

/** A page by its path, and words that are on it once it is there. */
export type Place = { path: string; seen: string }

export type Furnished = { payer: Payer; places: Record<string, Place>; signing_page: string }

/**
 * One person with everything there is to see: bills paid, given back, declined and waiting, a renewal to come, a living contract, an
 * ended one, a signing that was refused, one that waits.
 */
export async function furnish(world: World): Promise<Furnished> {
  const payer = await world.signedIn()
  const signed = await payer.sign(plan.vending)
  const ended = await payer.sign(plan.water).catch(async () => payer.sign(plan.metro))
  await payer.terminate(ended.signing_id)
  const renewed = await payer.sign(plan.membership)
  const refused = await payer.start(plan.metro)
  await payer.back(await payer.decide(refused.signing_page_url, 'refuse'))
  const waiting = await payer.start(plan.fuel)
  const bill = await haveBills(world, signed.contract?.id ?? '')
  await announce(world, renewed.contract?.id ?? '')
  const places = {
    'the list of services': { path: '/', seen: '无人货柜开门即购' },
    'a plan': { path: `/plans/${plan.fuel}`, seen: '扣款顺序' },
    'a plan that is signed': { path: `/plans/${plan.vending}`, seen: '你已签约这项服务' },
    'the agreement': { path: `/plans/${plan.metro}/agreement`, seen: '五、怎么解约' },
    'the privacy page': { path: '/privacy', seen: '你的权利' },
    'my records': { path: '/privacy/mine', seen: '带走我的信息' },
    'the result 成功': { path: `/signings/${signed.signing_id}`, seen: '签约成功' },
    'the result 已取消': { path: `/signings/${refused.signing_id}`, seen: '已取消签约' },
    'the result that waits': { path: `/signings/${waiting.signing_id}`, seen: '你还没有完成签约' },
    'my contracts': { path: '/contracts', seen: '已结束（1）' },
    'a contract': { path: `/contracts/${signed.signing_id}`, seen: '签约生效' },
    'a contract that renews': { path: `/contracts/${renewed.signing_id}`, seen: '将自动扣款' },
    'an ended contract': { path: `/contracts/${ended.signing_id}`, seen: '你在此页面解约' },
    'my bills': { path: '/bills', seen: '没有更早的账单了' },
    'a bill that was given back in part': { path: `/bills/${bill.part}`, seen: '退款成功 ¥1.00' },
    'a bill that was declined': { path: `/bills/${bill.declined}`, seen: '扣款未成功 ¥13.64' },
    'a bill that waits': { path: `/bills/${bill.waiting}`, seen: '正在等待银联的结果' },
    'the ending': { path: `/contracts/${signed.signing_id}/end`, seen: '气泡水' },
    'outside the wallet': { path: '/outside', seen: '复制链接' },
    'the script is blocked': { path: '/blocked', seen: '重新加载' },
    'a wallet that is too old': { path: '/old-app', seen: '云闪付版本太旧' },
    'nothing there': { path: '/nowhere', seen: '没有这个页面' },
  }
  return { payer, places, signing_page: waiting.signing_page_url }
}

async function announce(world: World, contract: string): Promise<void> {
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

async function haveBills(world: World, contract: string) {
  const merchant = createMerchant(world.url, await world.key(['read', 'charge', 'refund']))
  const gateway = createGatewayControl(world.sandbox.url)
  const buy = createPurchases(merchant, contract)
  await world.control.change({ booking_delay_ms: 0 })
  await gateway.addRule({ match: { amount_fen: 1_364 }, effect: { kind: 'outcome', resp: '64' } })
  await gateway.addRule({ match: { amount_fen: 477 }, effect: { kind: 'timeout_before' } })
  const [part, declined, waiting] = [
    await buy(350, '乌龙茶 500 毫升'),
    await buy(1_364, '进口混合坚果大礼包家庭装 1.5 千克'),
    await buy(477, '气泡水'),
  ]
  await Promise.all([part, declined].map(merchant.settled))
  await merchant.settledRefund(part, (await merchant.refund(part, 100)).order_id)
  return { part, declined, waiting }
}
