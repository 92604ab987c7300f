import { replay } from '../../sandbox/control/signed-message-routes.ts'
import type { Action } from './plan.ts'
import type { Simulation } from './world.ts'

const notification_address = 'http://shop.example/notify/payment'

export const replays = {
  /**
   * An attacker who recorded UnionPay's signed messages posts them to the notification endpoint;
   * most of them are no notifications.
   */
  replay(world: Simulation, { a, b }: Action) {
    const { signed_messages } = world.environment.parts
    const signed = signed_messages.latest(100)
    const wanted =
      b % 4 === 0
        ? signed
        : signed.filter(({ kind }) => kind.endsWith('answer') && kind !== 'file_answer')
    const chosen = wanted[a % Math.max(1, wanted.length)]
    if (!chosen) return null
    const code = chosen.orig_resp_code ?? chosen.resp_code ?? ''
    return {
      words: `a signed ${chosen.kind.replace('_', ' ')} (${code}) about ${(chosen.order_id ?? '').slice(-4)} is posted as a notification`,
      work: async () =>
        void (await replay(world.environment.parts, {
          message: chosen.message,
          to: notification_address,
        })),
    }
  },
}
