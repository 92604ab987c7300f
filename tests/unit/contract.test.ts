import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ContractState } from '../../server/api.ts'
import {
  mayContractBecome,
  transitions,
  whyNotCharged,
  type Contract,
} from '../../server/contracts/contract.ts'
import { nextCheck, infoPauseOf } from '../../server/contracts/ask-contract-info.ts'

const states = Object.keys(transitions) as ContractState[]
const allowed = [
  'applying→active',
  'applying→abandoned',
  'applying→rejected',
  'abandoned→active',
  'active→terminating',
  'active→terminated',
  'terminating→terminated',
  'terminating→active',
]

describe('the states of a contract', () => {
  test('change only along the listed transitions', () => {
    for (const from of states)
      for (const to of states)
        expect([`${from}→${to}`, mayContractBecome(from, to)]).toEqual([
          `${from}→${to}`,
          allowed.includes(`${from}→${to}`),
        ])
  })
  test('terminated is never left, in any sequence', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...states), { maxLength: 30 }), (walk) => {
        let state: ContractState = 'terminated'
        for (const next of walk) if (mayContractBecome(state, next)) state = next
        expect(state).toBe('terminated')
      }),
    )
  })
  test('only an active contract may be charged', () => {
    for (const state of states)
      expect(whyNotCharged({ state, reason: null } as Contract)).toBe(
        state === 'active' ? null : 'contract_not_active',
      )
  })
})

test('no query follows another within five minutes, and after a day of silence manual review begins', () => {
  const checks = Array.from({ length: 20 }, (_, unanswered) =>
    nextCheck(unanswered, infoPauseOf(10_000)),
  )
  for (const { in_s } of checks) expect(in_s).toBeGreaterThanOrEqual(320)
  expect(checks.findIndex(({ needs_person }) => needs_person)).toBe(7)
  expect(checks.slice(0, 7).reduce((sum, { in_s }) => sum + in_s, 0)).toBeLessThan(86_400)
})
