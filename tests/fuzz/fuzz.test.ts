import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { doors, mistakes } from './endpoints.ts'
import { gatewayReaders } from './gateway-readers.ts'
import { openGround, type Ground } from './environment.ts'
import { readers } from './readers.ts'
import { feed } from './target.ts'
import { timeLimit } from '../support/time-limits.ts'

const seed = Number(process.env.FUZZ_SEED ?? randomInt(2 ** 31))
const inputs = Number(process.env.FUZZ_INPUTS ?? 4_000)
const parsers = [...readers, ...gatewayReaders]
const at_doors = 7
const each = Math.ceil(inputs / (parsers.length + at_doors))
const patient = { timeout: timeLimit(1_800_000) }

let ground: Ground
beforeAll(async () => {
  ground = await openGround()
})
afterAll(() => ground?.close())

describe(`no input causes harm, seed ${seed}`, () => {
  test.each(parsers.map((one) => [one.name, one] as const))(
    '%s are refused or read with their intended meaning',
    patient,
    async (_name, one) => feed(one, each, seed),
  )

  test(
    'messages of strangers change no row of a running server and never cause an internal error',
    patient,
    async () => {
      const targets = doors(ground)
      expect(targets).toHaveLength(at_doors - 1)
      for (const one of targets) {
        const before = await ground.digest()
        await feed(one, each, seed)
        expect([one.name, await ground.digest()]).toEqual([one.name, before])
      }
    },
  )
  test(
    'mistaken requests of a caller with every right never cause an internal error',
    patient,
    async () => feed(mistakes(ground), each, seed),
  )
})
