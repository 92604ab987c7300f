import { endContract } from '../../sandbox/wallet/end-contract.ts'
import { sendProbe } from '../../sandbox/notices/probe.ts'
import { sendPaymentProbe } from '../../sandbox/gateway/probe.ts'
import type { Action } from './plan.ts'
import { ask } from './merchant.ts'
import type { Simulation } from './world.ts'

const plans = ['a1f0c3d2e4b5968778695a4b3c2d1e01', 'a1f0c3d2e4b5968778695a4b3c2d1e04'] as const
/** The plan of a renewal, of which the payer is told before. */
export const renewal_plan = 'a1f0c3d2e4b5968778695a4b3c2d1e05'
export const names = ['Ann', 'Bo', 'Cy'] as const

/** A payer's wallet, created when it is first used. */
export const walletOf = ({ environment: { parts } }: Simulation, name: string) =>
  parts.users.byId(name) ??
  parts.users.add({
    user_id: name,
    name,
    cards: [{ bank: '交通银行', kind: 'debit', last4: '6210' }],
  })

/** A payer signs in the merchant's app: the SDK's code comes from their wallet. */
export async function signInApp(
  world: Simulation,
  process: number,
  name: string,
  plan_id: string,
): Promise<void> {
  const started = await ask<{ signing_id: string }>(world, process, 'POST', '/v1/signings', {
    user_id: name,
    plan_id,
  })
  if (!started || started.status !== 200) return
  const { signing_id } = started.view
  const code = world.environment.parts.codes.issue(
    { user_id: name, scope: 'upapi_contract', plan_id },
    300_000,
  )
  world.signers.set(signing_id, name)
  if (plan_id === renewal_plan) world.subscriptions.push(signing_id)
  else world.contracts.push({ id: signing_id, plan_id })
  await ask(world, process, 'POST', `/v1/signings/${signing_id}/complete`, { code })
}

/**
 * The actions of payers and a stranger. Each returns a description, or null when it has no object
 * to act on.
 */
export const payerActions = {
  sign(world: Simulation, { process, a, b }: Action) {
    const name = names[a % names.length] as string
    const plan_id = plans[b % plans.length] as string
    walletOf(world, name)
    return {
      words: `${name} signs plan ${plans.indexOf(plan_id as (typeof plans)[number]) + 1}`,
      work: () => signInApp(world, process, name, plan_id),
    }
  },

  /** A payer ends a contract inside the wallet; the notification is queued. */
  end_in_wallet(world: Simulation, { a }: Action) {
    const { parts } = world.environment
    const signed = parts.contracts.all().filter((one) => one.status === 'signed')
    const contract = signed[a % signed.length]
    if (!contract) return null
    return {
      words: `${contract.user_id} ends plan ${plans.indexOf(contract.plan_id as (typeof plans)[number]) + 1} in the wallet`,
      work: async () => void endContract(parts, contract, true),
    }
  },

  /** A stranger writes a notification without UnionPay's key. */
  forge(world: Simulation, { a, b }: Action) {
    const { parts } = world.environment
    const orders = parts.orders.latest(50)
    const contract = parts.contracts.all()[a % Math.max(1, parts.contracts.all().length)]
    const order = orders[a % Math.max(1, orders.length)]
    const isTermination = b % 2 === 0
    if (isTermination ? !contract : !order) return null
    const signature =
      (['foreign', 'bad', 'missing', 'expired', 'wrong_owner'] as const)[b % 5] ?? 'bad'
    return {
      words: `a stranger forges a ${isTermination ? 'termination' : `payment notification (${signature})`}`,
      async work() {
        const answer =
          isTermination && contract
            ? await sendProbe(parts, {
                contract_id: contract.contract_id,
                signature: b % 4 === 0 ? 'foreign_key' : 'bad',
              })
            : await sendPaymentProbe(parts, {
                order_id: order?.order_id ?? '',
                resp_code: order?.state === 'succeeded' ? '51' : '00',
                signature,
              })
        const believed = isTermination ? answer?.body.includes('"00"') : answer?.status === 200
        if (believed)
          world.breaches.push({
            rule: 'nothing unproved is believed',
            what: `${signature} ${answer?.body}`,
          })
      },
    }
  },
}
