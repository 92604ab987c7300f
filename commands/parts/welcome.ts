import type { Addresses } from './environments.ts'

/** What a newcomer needs to know, and no more. */
export function printWelcome(at: Addresses, logs: string): void {
  console.log(`
  wugan is running.

  Open   ${at.sandbox_url}/
         A simulated 云闪付 with the mini-app in its phone. Choose a plan, tick the box, press 去签约, agree on
         UnionPay's page: the contract is under 我的签约. Unfold the panel beside the phone for outcomes, faults,
         the clock and a journal of every message.

  Also   ${at.public_url}/             the mini-app as a browser outside the wallet sees it
         ${at.public_url}/console      the operators' console; names demo and second, password in ${at.data_dir}/console-password
         ${at.sandbox_url}/native-app   a merchant's own app that signs through the SDK

  Data   ${at.data_dir}   (logs: ${logs})
  Stop   Ctrl-C; the next start takes seconds and keeps the data.
`)
}
