import { wholeNumber, type Operation } from '../operation.ts'

/**
 * 未完成订单查询 (open platform §5.5): how many orders of this user are unfinished. Not the
 * contract's status.
 */
export const contractStatus: Operation<{ open_id: string }, { unfinished: number }> = {
  interface: 'contract.status',
  token: 'backendToken',
  body: (input) => ({ openId: input.open_id }),
  read(params) {
    const unfinished = wholeNumber(params.enable)
    return unfinished === null ? null : { unfinished }
  },
}
