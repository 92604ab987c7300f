import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createBatcher, type BatchRules } from '../../server/storage/batcher.ts'

/** A batch function that ends on request. `begun`: the batches so far. */
function setUp(
  limits = { most: 100, at_once: 2 },
  rules: Partial<BatchRules<string, string>> = {},
) {
  const begun: string[][] = []
  const ends: ((broken?: Error) => void)[] = []
  const add = createBatcher<string, string>(
    {
      together(items) {
        begun.push([...items])
        return new Promise(
          (resolve, reject) =>
            void ends.push((broken) =>
              broken ? reject(broken) : resolve(items.map((item) => `${item} done`)),
            ),
        )
      },
      ...rules,
    },
    limits,
  )
  return {
    begun,
    add,
    end: async (place: number, broken?: Error) => {
      ends[place]?.(broken)
      await turn()
      await turn()
    },
  }
}

test('items of one event-loop turn share a batch, and each caller gets their own result after it ended', async () => {
  const { begun, add, end } = setUp()
  let answered = 0
  const all = ['a', 'b', 'c'].map((item) =>
    add(item).finally(() => {
      answered++
    }),
  )
  await turn()
  expect([begun, answered]).toEqual([[['a', 'b', 'c']], 0])
  await end(0)
  expect(await Promise.all(all)).toEqual(['a done', 'b done', 'c done'])
})

test('no batch exceeds its size limit, no more run at once than allowed, and waiting items keep their order', async () => {
  const { begun, add, end } = setUp({ most: 2, at_once: 2 })
  const all = ['a', 'b', 'c', 'd', 'e', 'f'].map((item) => add(item))
  await turn()
  expect(begun).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ])
  await end(1)
  expect(begun).toEqual([
    ['a', 'b'],
    ['c', 'd'],
    ['e', 'f'],
  ])
  await end(0)
  await end(2)
  expect(await Promise.all(all)).toHaveLength(6)
})

test('items that share a key never run at once; others pass them', async () => {
  const { begun, add, end } = setUp(undefined, { keysOf: (item) => [item.slice(0, 1)] })
  const all = ['a1', 'a2', 'b1', 'a3'].map((item) => add(item))
  await turn()
  expect(begun).toEqual([['a1', 'b1']])
  await end(0)
  await end(1)
  await end(2)
  expect(begun).toEqual([['a1', 'b1'], ['a2'], ['a3']])
  expect(await Promise.all(all)).toEqual(['a1 done', 'a2 done', 'b1 done', 'a3 done'])
})

test('the items of a failed batch are processed one by one: a bad item does not affect the others', async () => {
  const { add, end } = setUp(undefined, {
    alone: async (item, error) => (item === 'bad' ? Promise.reject(error) : `${item} alone`),
  })
  const all = Promise.allSettled(['a', 'bad', 'c'].map((item) => add(item)))
  await turn()
  const broken = new Error('broken')
  await end(0, broken)
  expect(await all).toEqual([
    { status: 'fulfilled', value: 'a alone' },
    { status: 'rejected', reason: broken },
    { status: 'fulfilled', value: 'c alone' },
  ])
  const later = add('d')
  await turn()
  await end(1)
  expect(await later).toBe('d done')
})

test('without a function for single items every caller receives the error', async () => {
  const { add, end } = setUp()
  const all = Promise.allSettled([add('a'), add('b')])
  await turn()
  const broken = new Error('broken')
  await end(0, broken)
  expect(await all).toEqual([
    { status: 'rejected', reason: broken },
    { status: 'rejected', reason: broken },
  ])
})
