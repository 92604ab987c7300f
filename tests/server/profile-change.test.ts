import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMerchant, startChargingWorld, type ChargingWorld } from '../support/charging.ts'
import { profileName } from '../../server/unionpay/profile-name.ts'

/** A changed default does not change how a running business charges. */

let world: ChargingWorld
beforeAll(async () => {
  world = await startChargingWorld({ env: { CHARGE_PROFILE: 'token-pay-data-trid' } })
})
afterAll(() => world.stop())

const wantedUnder = async (setting: string | null, env: 'production' | 'test' | 'sandbox') => {
  const warnings: string[] = []
  const name = await profileName(
    { charge_profile: setting, unionpay_env: env },
    world.database.pool,
    { warn: (...said: unknown[]) => void warnings.push(String(said[0])) },
  )
  return { name, warnings }
}
const sentOf = async (order_id: string): Promise<Record<string, string>> => {
  const entry = await world.control.journalEntry(
    ({ request }) => (request?.body as Record<string, string> | undefined)?.orderId === order_id,
  )
  return entry.request?.body as Record<string, string>
}

test('a database without charges, and one with the setting, start and log the profile', async () => {
  expect(await wantedUnder(null, 'production')).toEqual({ name: 'contract-id', warnings: [] })
  expect(await wantedUnder('token-pay-data-planid', 'production')).toMatchObject({
    name: 'token-pay-data-planid',
  })
})

test('a database that charged under another profile stops the start and names the setting; in the sandbox the data can be used on', async () => {
  const payer = await world.signed()
  const old = await world.merchant.charge(payer.want(350))
  await world.merchant.settled(old.order_id)
  expect(await sentOf(old.order_id)).toMatchObject({ txnSubType: '01', bizType: '000902' })

  for (const env of ['production', 'test'] as const)
    await expect(wantedUnder(null, env)).rejects.toMatchObject({
      name: 'SettingsProblem',
      problems: [expect.stringContaining('Set CHARGE_PROFILE=token-pay-data-trid') as string],
    })
  const { name, warnings } = await wantedUnder(null, 'sandbox')
  expect(name).toBe('contract-id')
  expect(warnings).toEqual([expect.stringContaining('CHARGE_PROFILE is not set') as string])
  expect(await wantedUnder('contract-id', 'production')).toMatchObject({ warnings: [] })

  // the same data under the new default: the old charge is refunded with its own profile, a new one
  // is made with the default
  const second = await world.secondServer({ charge_profile: null })
  expect(world.log.some((line) => line.includes('CHARGE_PROFILE is not set'))).toBe(true)
  const merchant = createMerchant(second.url, world.merchant_secret)
  const refund = await merchant.refund(old.order_id, 100)
  await merchant.settledRefund(old.order_id, refund.order_id)
  expect(await sentOf(refund.order_id)).toMatchObject({ bizType: '000902' })
  const fresh = await merchant.charge(payer.want(360))
  expect(await merchant.settled(fresh.order_id)).toMatchObject({ state: 'succeeded' })
  const sent = await sentOf(fresh.order_id)
  expect(sent).toMatchObject({
    txnType: '01',
    txnSubType: '10',
    bizType: '000000',
    channelType: '07',
    accType: '01',
    frontUrl: world.url,
    contractId: expect.stringMatching(/^\d+$/) as string,
    reqReserved: expect.stringMatching(/./) as string,
  })
  for (const field of ['tokenPayData', 'orderDesc']) expect(sent).not.toHaveProperty(field)
  const back = await merchant.refund(fresh.order_id, 100)
  await merchant.settledRefund(fresh.order_id, back.order_id)
  expect(await sentOf(back.order_id)).toMatchObject({ bizType: '000501', channelType: '07' })
  // a database whose last charge used the default starts without a message
  expect(await wantedUnder(null, 'production')).toEqual({ name: 'contract-id', warnings: [] })
})
