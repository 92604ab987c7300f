import type { Contract } from './contract.ts'
import type { ContractsContext } from './context.ts'
import { applyContract } from './apply-contract.ts'
import { changeContract } from './changes.ts'
import { isForContract } from '../unionpay/pages.ts'
import { exchangeCode } from '../unionpay/operations/exchange-code.ts'

/** Which wallet may stand behind the code: decides the wallet of the attempt, or null for "not this one". */
export type AcceptWallet = (contract: Contract, open_id: string) => Promise<string | null>

const otherScope = {
  kind: 'refused',
  code: 'N62197',
  text: 'the code was given for another scope',
} as const

/**
 * Completes a signing with the code of the contract page: exchange, check whose wallet it is, then apply. The attempt is
 * already marked `returned`, so a repeat does nothing. A stranger's wallet ends the attempt before apply: otherwise their
 * consumption could be hung on it.
 */
export async function completeSigning(
  context: ContractsContext,
  contract: Contract,
  code: string,
  acceptWallet: AcceptWallet,
): Promise<Contract> {
  const answer = await context.call(exchangeCode, { code })
  const exchanged =
    answer.kind === 'done' && !isForContract(answer.value.scope) ? otherScope : answer
  if (exchanged.kind !== 'done') {
    // Nothing is signed before apply: whatever became of the code, the person can simply start again.
    const refused = exchanged.kind === 'refused'
    context.log.warn(
      { signing_id: contract.id, unionpay_code: exchanged.code, outcome: exchanged.kind },
      'the code of a signing could not be exchanged',
    )
    return changeContract(context.database, contract.id, (now) =>
      now.state !== 'applying'
        ? null
        : {
            to: refused ? 'rejected' : 'abandoned',
            source: 'return',
            check_in_s: null,
            fields: {
              reason: refused ? 'code_refused' : 'unionpay_silent',
              unionpay_code: exchanged.code,
            },
          },
    )
  }
  const { open_id, access_token } = exchanged.value
  const wallet_ref = await acceptWallet(contract, open_id)
  if (wallet_ref === null) {
    context.log.warn(
      { signing_id: contract.id },
      'the wallet that agreed is not the one that started; apply was not called',
    )
    return changeContract(context.database, contract.id, (now) =>
      now.state !== 'applying'
        ? null
        : {
            to: 'rejected',
            source: 'return',
            fields: { reason: 'wallet_foreign' },
            check_in_s: null,
          },
    )
  }
  return applyContract(context, contract, { open_id, access_token, wallet_ref })
}
