import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createGatewayCaller, firstMerchant } from '../support/gateway-caller.ts'
import { createVerifier } from '../support/gateway-verifier.ts'
import { createGatewayControl } from '../support/gateway-world.ts'
import { startNoticeReceiver } from '../support/notice-receiver.ts'
import { createCaller } from '../support/open-platform-caller.ts'
import { startSandboxProcess } from '../support/sandbox-process.ts'
import { until } from '../support/until.ts'

let folder: string
let shop: Awaited<ReturnType<typeof startNoticeReceiver>>
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wugan-sandbox-'))
  shop = await startNoticeReceiver()
})
afterEach(async () => {
  await shop.stop()
  await rm(folder, { recursive: true, force: true })
})

test('after kill -9 orders are booked once, notifications continue, and ledger, referee, rules and keys are retained', async () => {
  const env = {
    SANDBOX_PORT: '0',
    SANDBOX_DATA_DIR: folder,
    SANDBOX_NOTICE_URL: 'http://localhost:1/nobody',
  }
  shop.answer(500, '')
  const before = await startSandboxProcess(env)
  const platform = createCaller(before.url, before.control)
  await platform.refresh()
  const { contract_id } = await platform.sign('wallet-1')
  await before.control.change({ booking_delay_ms: 0 })
  const merchant = await createGatewayCaller(before.url, folder, before.control, shop.url)
  const paid = await merchant.charge(contract_id, 100)
  await shop.arrived(2)
  await before.control.change({ booking_delay_ms: 3_600_000 })
  const pending = await merchant.charge(contract_id, 200)
  expect((await merchant.query(paid)).answer.respCode).toBe('37')
  const control = createGatewayControl(before.url)
  await control.addRule({ id: 'kept', effect: { kind: 'plain' }, times: 5 })
  await until('the second attempt is noted', async () =>
    (await control.notices()).some((one) => one.attempts.length === 2),
  )
  const ledger = await control.ledger()
  await before.kill('SIGKILL')

  shop.answer(200, '')
  const after = await startSandboxProcess(env)
  try {
    const gateway = createGatewayControl(after.url)
    expect(await gateway.ledger()).toEqual(ledger)
    expect(await gateway.rules()).toMatchObject([{ id: 'kept' }])
    expect((await gateway.view()).merchants[0]).toMatchObject({
      merchant: firstMerchant,
      violations: 1,
      blacklisted_at: expect.any(String),
    })
    await after.control.advance(3_600_000)
    await until('the pending charge is booked', async () => (await gateway.ledger()).length === 2)
    await until('both are acknowledged', async () =>
      (await gateway.notices()).every((one) => one.state === 'acknowledged'),
    )
    expect((await gateway.ledger()).map((one) => one.order_id)).toEqual([
      paid.fields.orderId,
      pending.fields.orderId,
    ])
    const again = await createGatewayCaller(after.url, folder, after.control, shop.url)
    const third = await again.charge(contract_id, 300)
    expect(third.answer.respCode).toBe('00')
    expect(createVerifier(join(folder, 'acp'))(third.answer).problem).toBeNull()
    expect((await again.send('backTransReq.do', paid.fields)).answer.respCode).toBe('12')
  } finally {
    await after.kill('SIGKILL')
  }
})
