import { money, t } from '../../shared/language.ts'
import { journal, type JournalEntry } from '../journal/journal.ts'
import { formatSecond } from '../sandbox-clock.ts'
import type { Purchase } from './purchases.ts'

export type Step = {
  name: string
  detail: string
  state: 'done' | 'waiting' | 'bad'
  entry: JournalEntry | null
}

const entryOf = (order_id: string, fits: (entry: JournalEntry) => boolean): JournalEntry | null =>
  journal.entries.find((entry) => fits(entry) && JSON.stringify(entry).includes(order_id)) ?? null

/** The steps of a charge from the request to its final state, as they are now. */
export function stepsOf(purchase: Purchase): Step[] {
  const { order_id } = purchase.charge
  return [
    accepted(purchase),
    answered(order_id, purchase),
    notificationStep(order_id, purchase),
    ended(purchase),
  ]
}

function accepted({ charge }: Purchase): Step {
  return {
    name: t('商户服务器接单', 'Charge accepted'),
    detail: charge.order_id,
    state: 'done',
    entry: entryOf(charge.order_id, (entry) => entry.kind === 'shop'),
  }
}

function answered(order_id: string, { charge, order }: Purchase): Step {
  const entry = entryOf(order_id, (one) => one.kind === 'gateway.charge')
  const said = entry?.summary.split('→').slice(1).join('→').trim() ?? ''
  const code = /^[0-9A-Z]{2}\b/.exec(said)?.[0]
  const name = t('银联网关应答', 'Gateway answered')
  if (entry === null && order === null)
    return {
      name,
      detail: t('等待应答', 'Waiting for the answer'),
      state: charge.state === 'failed' ? 'bad' : 'waiting',
      entry,
    }
  if (code === '00')
    return {
      name,
      detail: t('00 = 已受理，还不等于已付款', '00 = accepted, not yet paid'),
      state: 'done',
      entry,
    }
  return {
    name,
    detail: code ? said : t(`没有可信的应答：${said}`, `No trustworthy answer: ${said}`),
    state: 'bad',
    entry,
  }
}

function notificationStep(order_id: string, { order }: Purchase): Step {
  const name = t('支付通知送达', 'Notification delivered')
  const entry = entryOf(order_id, (one) => one.kind === 'notice')
  const notice = order?.notices[0]
  const last = notice?.attempts[notice.attempts.length - 1]
  if (!notice)
    return {
      name,
      detail: t('银联记账之后发出', 'Sent once UnionPay has booked it'),
      state: 'waiting',
      entry,
    }
  if (notice.state === 'acknowledged' && last)
    return {
      name,
      detail: t(
        `第 ${notice.attempts.length} 次，商户答 HTTP ${last.status}`,
        `Attempt ${notice.attempts.length}: the merchant answered HTTP ${last.status}`,
      ),
      state: 'done',
      entry,
    }
  if (notice.state === 'withheld')
    return {
      name,
      detail: t(
        '按规则不发。五分钟后商户来查询',
        'Withheld by a rule. The merchant queries after five minutes',
      ),
      state: 'bad',
      entry,
    }
  if (notice.state === 'given_up')
    return {
      name,
      detail: t(
        `发了 ${notice.attempts.length} 次都没有收到`,
        `Sent ${notice.attempts.length} times, never received`,
      ),
      state: 'bad',
      entry,
    }
  const next = notice.next_attempt_at === null ? '' : formatSecond(notice.next_attempt_at)
  return {
    name,
    detail: t(
      `已试 ${notice.attempts.length} 次，下次 ${next}`,
      `${notice.attempts.length} attempts, next at ${next}`,
    ),
    state: 'waiting',
    entry,
  }
}

function ended({ charge, order }: Purchase): Step {
  const card = order?.card
    ? t(`，${order.card.bank}尾号 ${order.card.last4}`, `, card ending ${order.card.last4}`)
    : ''
  const advanced = order?.advanced ? t('，银联垫付', ', advanced by UnionPay') : ''
  const name = t('结果', 'Outcome')
  if (charge.needs_review)
    return {
      name,
      detail: t(
        '结果前后矛盾，待人工核对；状态未变',
        'UnionPay contradicts itself: needs manual review; the state is unchanged',
      ),
      state: 'bad',
      entry: null,
    }
  if (charge.state === 'succeeded')
    return {
      name,
      detail: t(
        `已付 ${money(charge.amount_fen)}${card}${advanced}`,
        `Paid ${money(charge.amount_fen)}${card}${advanced}`,
      ),
      state: 'done',
      entry: null,
    }
  if (charge.state === 'failed')
    return {
      name,
      detail: t(
        `没有扣成：${charge.explanation?.payer ?? ''}（${charge.unionpay_code ?? ''}）`,
        `Declined: ${charge.explanation?.operator ?? ''} (${charge.unionpay_code ?? ''})`,
      ),
      state: 'bad',
      entry: null,
    }
  const next = charge.next_query_at ? formatSecond(charge.next_query_at) : ''
  return {
    name,
    detail: t(
      `处理中。未收到通知则在 ${next} 查询`,
      `Pending. Without a notification it is queried at ${next}`,
    ),
    state: 'waiting',
    entry: null,
  }
}
