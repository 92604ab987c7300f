import { t } from '../../shared/language.ts'
import type { Scenario } from './scenario.ts'

const minute_ms = 60_000
const charge = { transaction: 'charge' }

/** Situations that every merchant meets eventually. */
export const presets = (): Scenario[] => [
  { name: t('买一瓶饮料，一切正常', 'Buy a drink: everything works'), steps: [{ buy: 'drink' }] },
  {
    name: t('通知没来，六分钟后查询', 'No notification; queried after six minutes'),
    gateway_rules: [{ match: charge, effect: { kind: 'plain', notice: 'never' }, times: 1 }],
    steps: [{ buy: 'drink' }, { advance_ms: 6 * minute_ms }],
  },
  {
    name: t('应答丢了，钱已扣', 'The answer is lost, the money moved'),
    gateway_rules: [{ match: charge, effect: { kind: 'timeout_after' }, times: 1 }],
    steps: [{ buy: 'drink' }],
  },
  {
    name: t('先说成功，一分钟后说失败', 'Success first, failure a minute later'),
    gateway_rules: [
      {
        match: charge,
        effect: { kind: 'plain', late_failure: { after_ms: minute_ms, resp: '01' } },
        times: 1,
      },
    ],
    steps: [{ buy: 'drink' }, { advance_ms: minute_ms + 1_000 }],
  },
  {
    name: t('余额不足', 'Insufficient funds'),
    gateway_rules: [
      { match: charge, effect: { kind: 'outcome', outcome: '64', resp: '64' }, times: 1 },
    ],
    steps: [{ buy: 'drink' }],
  },
  {
    name: t('超过单笔限额', 'Above the limit per charge'),
    steps: [{ buy: 'drink', amount_fen: 5_001 }],
  },
  {
    name: t('签约的应答丢了', 'The answer to a signing is lost'),
    rules: [{ interface: 'contract.apply', effect: { kind: 'timeout_after' }, times_left: 1 }],
    steps: [{ open: '/' }],
  },
]
