import { reactive, ref, watch } from 'vue'
import { send } from '../../request.ts'
import { appearance, device, devicePresets, fontScale, fontScales } from '../device-presets.ts'
import { gateway, readGateway } from '../gateway-state.ts'
import { showInPhone } from '../merchant-page.ts'
import { buy, choose, chosen, readProducts, shop } from '../shop/shop-state.ts'
import { openSide } from '../side-panels.ts'
import { refresh, wallet } from '../wallet-state.ts'
import { readScenario, type Scenario, type ScenarioStep } from './scenario.ts'

/** The scenario of the link, until it is started or dismissed. */
export const offered = ref<Scenario | null>(readScenario(location.hash))
export const playing = reactive({ name: '', waits_for_signing: false, problem: '' })

export function dismiss(): void {
  offered.value = null
  history.replaceState(history.state, '', location.pathname + location.search)
}

/**
 * Applies the setup, then plays the steps one after the other. A refusal of the sandbox stops it
 * and is shown.
 */
export async function play(scenario: Scenario): Promise<void> {
  dismiss()
  Object.assign(playing, { name: scenario.name, problem: '' })
  try {
    await prepare(scenario)
    for (const step of scenario.steps ?? []) await perform(step)
  } catch (reason) {
    playing.problem = (reason as Error).message
  }
  Object.assign(playing, { name: '', waits_for_signing: false })
}

async function prepare({
  user_id,
  device: name,
  text_scale,
  appearance: look,
  settings,
  cards,
  gateway_rules = [],
  rules = [],
  bridge,
}: Scenario): Promise<void> {
  device.value = devicePresets.find((preset) => preset.name === name) ?? device.value
  fontScale.value = fontScales.find((one) => one === text_scale) ?? fontScale.value
  appearance.value = look ?? appearance.value
  if (user_id) await send('POST', '/_pages/wallet/user', { user_id })
  await refresh()
  if (settings) await send('PATCH', '/_control/settings', settings)
  if (cards && wallet.view)
    await send('PATCH', `/_control/users/${encodeURIComponent(wallet.view.user.user_id)}`, {
      cards,
    })
  for (const rule of gateway_rules) await send('POST', '/_control/gateway/rules', rule)
  for (const { times_left, ...rule } of rules)
    await send('POST', '/_control/rules', { ...rule, ...(times_left ? { times: times_left } : {}) })
  if (bridge) await send('PUT', '/_control/bridge', bridge)
  await Promise.all([refresh(), readGateway(), readProducts()])
}

async function perform(step: ScenarioStep): Promise<void> {
  if ('open' in step) return showInPhone(step.open)
  if ('advance_ms' in step) {
    await send('POST', '/_control/clock', { advance_ms: step.advance_ms })
    return refresh()
  }
  const product = shop.products.find((one) => one.product_id === step.buy)
  if (!product) throw new Error(step.buy)
  await openSide('shop')
  choose(product)
  await signed()
  if (step.amount_fen !== undefined) shop.amount_fen = step.amount_fen
  await buy()
}

/**
 * Without a contract no charge is possible: opens the plan and waits until the payer has signed.
 */
function signed(): Promise<void> {
  if (chosen.value?.signed !== false) return Promise.resolve()
  showInPhone(`/plans/${chosen.value.plan_id ?? ''}`)
  playing.waits_for_signing = true
  return new Promise((resolve) => {
    const stop = watch(
      () => chosen.value?.signed,
      (now) => {
        if (!now) return
        stop()
        playing.waits_for_signing = false
        resolve()
      },
    )
  })
}

/** The current state as a scenario: user, phone, switches and rules. */
export function scenarioOfNow(name: string): Scenario {
  const exported = [
    'personality',
    'admission',
    'refuse_returns',
    'code_encoding',
    'notice_timing',
    'payment_notice_timing',
    'gateway_latency_ms',
    'booking_delay_ms',
  ]
  const settings = Object.fromEntries(
    exported.flatMap((key) =>
      wallet.view?.settings[key] === undefined ? [] : [[key, wallet.view.settings[key]]],
    ),
  )
  return {
    name,
    device: device.value.name,
    text_scale: fontScale.value,
    appearance: appearance.value,
    settings,
    bridge: { ...wallet.bridge },
    ...(wallet.view ? { user_id: wallet.view.user.user_id, cards: wallet.view.user.cards } : {}),
    gateway_rules: gateway.rules.map(({ id: _id, played: _played, ...rule }) => rule),
    rules: wallet.rules.filter((rule) => rule.times_left !== 0).map(({ id: _id, ...rule }) => rule),
    steps: [{ open: '/' }],
  }
}
