import { expect, test } from 'vitest'
import type { Phone } from '../support/phone.ts'
import { setStage } from '../support/stage.ts'
import { plan } from '../support/world.ts'

const stage = setStage()

/** A phone at the detail of a contract that this person has just signed. */
async function atContract(
  plan_id: string = plan.vending,
): Promise<Phone & { contract_id: string; signing_id: string }> {
  const payer = await stage.world.signedIn()
  const { signing_id } = await payer.sign(plan_id)
  const [at_unionpay] = (await stage.world.control.contracts()).filter(
    ({ user_id }) => user_id === payer.wallet_user,
  )
  const phone = await stage.phone(payer)
  await phone.open(`/contracts/${signing_id}`)
  await phone.page.getByText('生效中').waitFor()
  return { ...phone, signing_id, contract_id: at_unionpay?.contract_id ?? '' }
}
const statusAtUnionPay = async (contract_id: string) =>
  (await stage.world.control.contracts()).find((one) => one.contract_id === contract_id)?.status
/** The page is seen again until it shows this: a second time within 0.8 s it does not look (web/composables/use-page-resume.ts). */
async function seenAgain(phone: Phone, text: string): Promise<void> {
  await expect
    .poll(async () => {
      await phone.page.evaluate("void window.dispatchEvent(new Event('focus'))")
      return phone.page.getByText(text).count()
    })
    .toBe(1)
}

test('two taps end a contract: the second page says what it means and that nothing is open', async () => {
  const phone = await atContract()
  await phone.button('解约').tap()
  await phone.heading('确定解约吗？').waitFor()
  await phone.page.getByText('解约后这项服务不能再自动扣款。').waitFor()
  await phone.page.getByText('没有未完成的订单。').waitFor()
  await phone.button('确认解约').tap()
  await phone.page.getByRole('status').filter({ hasText: '已解约' }).waitFor()
  await phone.page.getByText('你在此页面解约').waitFor()
  await phone.page.getByText('解约完成').waitFor()
  expect(await statusAtUnionPay(phone.contract_id)).toBe('terminated')
  expect(await phone.button('解约').count()).toBe(0)
  expect(phone.complaints).toEqual([])
})

test('the page of the ending, gone back to after it, shows that it is over', async () => {
  const phone = await atContract()
  await phone.button('解约').tap()
  await phone.button('确认解约').tap()
  await phone.page.getByText('你在此页面解约').waitFor()
  await phone.page.goForward()
  await phone.page.getByText('你在此页面解约').waitFor()
  expect(await phone.button('确认解约').count()).toBe(0)
})

test('先不解约 leaves everything as it was', async () => {
  const phone = await atContract()
  await phone.button('解约').tap()
  await phone.button('确认解约').waitFor()
  const look = (name: string) =>
    phone.page.evaluate<string[]>(`(() => {
    const button = [...document.querySelectorAll('button')].find((one) => one.textContent.trim() === '${name}')
    const { color, backgroundColor, borderColor, fontSize, fontWeight } = getComputedStyle(button)
    return [button.offsetWidth, button.offsetHeight, color, backgroundColor, borderColor, fontSize, fontWeight].map(String)
  })()`)
  expect(await look('先不解约')).toEqual(await look('确认解约'))
  await phone.button('先不解约').tap()
  await phone.page.getByText('生效中').waitFor()
  expect(await statusAtUnionPay(phone.contract_id)).toBe('signed')
})

test('unfinished orders are told and do not hold the person', async () => {
  const phone = await atContract()
  await stage.world.control.changeUser(phone.payer.wallet_user, { unfinished_orders: 2 })
  await phone.button('解约').tap()
  await phone.page.getByText('银联还有 2 笔未完成').waitFor()
  await phone.button('确认解约').tap()
  await phone.page.getByText('你在此页面解约').waitFor()
})

test('the question about unfinished orders fails: the page says so, and the contract can be ended', async () => {
  const phone = await atContract()
  await stage.world.control.addRule({
    interface: 'contract.status',
    match: { user_id: phone.payer.wallet_user },
    effect: { kind: 'html' },
  })
  await phone.button('解约').tap()
  await phone.page.getByText('暂时问不到银联是否还有未完成的订单。你仍可以解约。').waitFor()
  await phone.button('确认解约').tap()
  await phone.page.getByText('你在此页面解约').waitFor()
})

test('an offline scene says that this page is the only way out', async () => {
  const phone = await atContract(plan.metro)
  await phone.button('解约').tap()
  await phone.page.getByText('这是脱机场景，在云闪付 App 内不能解约，这里是唯一入口。').waitFor()
  await phone.button('确认解约').tap()
  await phone.page.getByText('你在此页面解约').waitFor()
})

test('UnionPay does not answer the ending: 解约处理中, no more charges, then 已解约', async () => {
  const phone = await atContract()
  await stage.world.control.addRule({
    interface: 'contract.relieve',
    match: { user_id: phone.payer.wallet_user },
    effect: { kind: 'timeout_after' },
    times: 1,
  })
  await phone.button('解约').tap()
  await phone.button('确认解约').tap()
  await phone.heading('解约处理中').waitFor()
  await phone.page.getByText(/已停止新的扣款/).waitFor()
  await stage.world.advance(60_000)
  await phone.page.getByRole('status').filter({ hasText: '已解约' }).waitFor()
})

test('ended in the wallet while the contract is on the screen: seen again, the page shows it', async () => {
  const phone = await atContract()
  await stage.world.control.terminate(phone.contract_id)
  await expect
    .poll(async () => (await phone.payer.contract(phone.signing_id)).state)
    .toBe('terminated')
  await seenAgain(phone, '你在云闪付 App 中解约')
  await phone.page.getByText('解约完成 · 银联通知').waitFor()
})

test('ended in the wallet while the person was about to end it here: no second ending, the truth instead', async () => {
  const phone = await atContract()
  await phone.button('解约').tap()
  await phone.heading('确定解约吗？').waitFor()
  await stage.world.control.terminate(phone.contract_id)
  await expect
    .poll(async () => (await phone.payer.contract(phone.signing_id)).state)
    .toBe('terminated')
  await phone.button('确认解约').tap()
  await phone.page.getByText('你在云闪付 App 中解约').waitFor()
  expect(
    (await stage.world.calls('contract.relieve')).filter(
      ({ user_id }) => user_id === phone.payer.wallet_user,
    ),
  ).toEqual([])
})

test('a notice that comes twice is one line in the history', async () => {
  const phone = await atContract()
  await stage.switchUntilEnd({ notice_timing: 'twice' })
  await stage.world.control.terminate(phone.contract_id)
  const repeats = async () =>
    (
      await stage.world.database.pool.query(
        'select repeats from notifications where contract_ref = $1',
        [phone.signing_id],
      )
    ).rows
  await expect.poll(repeats).toEqual([{ repeats: 1 }])
  await phone.page.reload()
  await phone.page.getByText('你在云闪付 App 中解约').waitFor()
  expect(await phone.page.getByText('解约完成').count()).toBe(1)
})

test.each(['bad', 'foreign_key', 'missing'] as const)(
  'a forged notice (signature %s) changes nothing that the person sees',
  async (signature) => {
    const phone = await atContract()
    expect(
      (await stage.world.control.probe({ contract_id: phone.contract_id, signature })).status,
    ).toBe(400)
    await phone.page.reload()
    await phone.page.getByText('生效中').waitFor()
    await phone.button('解约').waitFor()
  },
)

test('after an ending the same service can be signed again, as a new contract', async () => {
  const phone = await atContract()
  await phone.payer.terminate(phone.signing_id)
  await phone.page.reload()
  await phone.link('重新签约').tap()
  await phone.signHere()
  await phone.link('我的签约').tap()
  await phone.link(/无人货柜开门即购.*生效中/).waitFor()
  await phone.page.getByText('已结束（1）').waitFor()
})
