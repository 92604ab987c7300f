import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readCatalogue } from '../../server/plans/catalogue.ts'

const shipped = readFileSync('plans.yaml', 'utf8')

describe('the plan catalogue', () => {
  test('as shipped is valid and has every scenario', () => {
    const { plans, problems } = readCatalogue(shipped)
    expect(problems).toEqual([])
    expect(new Set(plans.map((plan) => plan.scenario)).size).toBe(4)
  })
  test('a wrong field is named with its line', () => {
    const line =
      shipped.split('\n').findIndex((text) => text.includes('single_limit_fen: 2000')) + 1
    expect(
      readCatalogue(shipped.replace('single_limit_fen: 2000', 'single_limit_fen: 20.00元'))
        .problems,
    ).toEqual([`line ${line}: single_limit_fen: must be a whole number of fen above 0`])
  })
  test('a missing and an unknown field are both named', () => {
    const { problems } = readCatalogue(shipped.replace('payee: 青禾地铁 ', 'payeee: 青禾地铁 '))
    expect(problems.join('\n')).toMatch(/payeee: unknown field/)
    expect(problems.join('\n')).toMatch(/payee: is missing/)
  })
  test('a plan_id that occurs twice is refused', () => {
    expect(readCatalogue(shipped.replaceAll('2d1e02', '2d1e01')).problems.join()).toMatch(
      /stands twice/,
    )
  })
  test('the form must state reasons', () => {
    expect(
      readCatalogue(
        shipped.replace(
          'unionpay_advances_reason: 离线乘车，出站时无法联机扣款',
          'unionpay_advances_reason: null',
        ),
      ).problems.join(),
    ).toMatch(/unionpay_advances_reason/)
  })
  test('invalid YAML is reported with a line and never throws', () => {
    expect(readCatalogue('plans: [a, {').problems[0]).toMatch(/^line \d+: /)
    expect(readCatalogue('').problems).toHaveLength(1)
  })
})
