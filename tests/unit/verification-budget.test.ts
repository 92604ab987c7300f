import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Refusal } from '../../server/errors.ts'
import { createVerificationBudget } from '../../server/notifications/raw-body.ts'

const right = () => ({ kind: 'valid' as const })
const wrong = () => ({ kind: 'invalid' as const })
/** Verifies for a millisecond. */
const slow = () => {
  const until = performance.now() + 1
  while (performance.now() < until);
  return wrong()
}
const refusalOf = (verifying: Promise<unknown>): Promise<string> =>
  verifying.then(
    () => 'none',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  )

test('an address without forged messages is verified at once, however much it sends', async () => {
  const verify = createVerificationBudget({ most_waiting: 0 })
  for (let count = 0; count < 1_000; count++)
    expect(await verify('192.0.2.1', right)).toEqual({ kind: 'valid' })
})

test('after three forged ones an address is verified in turn, within a tenth of the time', async () => {
  const verify = createVerificationBudget()
  await Promise.all(Array.from({ length: 3 }, () => verify('192.0.2.1', wrong)))
  const begun = performance.now()
  let turns = 0
  const counting = setInterval(() => turns++, 5)
  await Promise.all(Array.from({ length: 50 }, () => verify('192.0.2.1', slow)))
  clearInterval(counting)
  expect(performance.now() - begun).toBeGreaterThan(50 * 9)
  expect(turns).toBeGreaterThan(25) // the others were verified in between
})

test('a message that finds the queue of suspect addresses full is refused unverified; no other is, and queued ones are verified', async () => {
  const verify = createVerificationBudget({ most_waiting: 2 })
  for (let count = 0; count < 3; count++) await verify('192.0.2.1', wrong)
  let seen = 0
  const look = () => {
    seen++
    return right()
  }
  const waiting = [verify('192.0.2.1', slow), verify('192.0.2.1', slow), verify('192.0.2.1', look)]
  const another = [verify('192.0.2.1', look), verify('192.0.2.1', look)]
  expect(await verify('192.0.2.2', right)).toEqual({ kind: 'valid' })
  const refusals = await Promise.all([...waiting, ...another].map(refusalOf))
  expect(refusals.filter((code) => code === 'overloaded')).toHaveLength(refusals.length - seen - 2)
  expect(refusals.slice(0, 2)).toEqual(['none', 'none'])
  expect(refusals.at(-1)).toBe('overloaded')
})

test('an address is no longer suspect once it has sent no forged message for a while', async () => {
  const verify = createVerificationBudget({ most_waiting: 0, forget_ms: 20 })
  for (let count = 0; count < 3; count++) await verify('192.0.2.1', wrong)
  expect(await refusalOf(verify('192.0.2.1', right))).toBe('overloaded')
  await wait(25)
  expect(await refusalOf(verify('192.0.2.1', right))).toBe('none')
})

test('the number of remembered addresses is limited, and the newest ones are remembered', async () => {
  const verify = createVerificationBudget({ most_waiting: 0, failures: 1, most_addresses: 2 })
  for (const address of ['a', 'b', 'c']) await verify(address, wrong)
  const refused = await Promise.all(['a', 'b', 'c'].map((one) => refusalOf(verify(one, right))))
  expect(refused).toEqual(['none', 'overloaded', 'overloaded'])
})

test('an error while reading reaches the caller, and the next one is verified', async () => {
  const verify = createVerificationBudget({ failures: 0 })
  const broken = verify('a', () => {
    throw new Error('broken')
  })
  await expect(broken).rejects.toThrow('broken')
  expect(await verify('a', right)).toEqual({ kind: 'valid' })
})
