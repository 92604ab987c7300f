import type { ChargeProfile } from './charge-profile.ts'

/**
 * The charge by the open platform's number as it is (additions A): what one public client sends,
 * unconfirmed by UnionPay, and the only program text that is known to do it.
 */
const byContractId: ChargeProfile = {
  name: 'contract-id',
  description: 'Contract number in a field of its own, as one public client sends it',
  path: '/gateway/api/backTransReq.do',
  txnType: '01',
  txnSubType: '10',
  bizType: '000000',
  channelType: '07',
  contractId: { encoding: 'raw', pattern: '^[0-9A-Za-z+/=_-]{1,64}$' },
  fields: {
    contractId: '{contract_id}',
    accType: '01',
    reqReserved: '{description}',
    frontUrl: '{front_url}',
  },
  values: {},
  query: { bizType: '000000' },
  refund: { txnType: '04', txnSubType: '00', bizType: '000501', channelType: '07' },
  cancel: { enabled: true, txnType: '31', txnSubType: '00', bizType: '000201', channelType: '07' },
}

/** ACP §3.2, the default until additions A: Token 消费, the contract number as token, with trId. */
const withTrId: ChargeProfile = {
  name: 'token-pay-data-trid',
  description: 'Token 消费, contract number as token, with trId',
  path: '/gateway/api/backTransReq.do',
  txnType: '01',
  txnSubType: '01',
  bizType: '000902',
  channelType: '07',
  contractId: { encoding: 'raw', pattern: '^[0-9A-Za-z+/=_-]{1,64}$' },
  fields: { tokenPayData: '{token={contract_id}&trId={tr_id}&tokenType=01}' },
  values: { tr_id: { from: 'setting', pattern: '^[0-9]{1,32}$' } },
  query: { bizType: '000000' },
  refund: { txnType: '04', txnSubType: '00', bizType: '000902', channelType: '07' },
  cancel: { enabled: true, txnType: '31', txnSubType: '00', bizType: '000902', channelType: '07' },
}

/** For acquirers that want planId beside the contract number (ACP §3.3). */
const withPlanId: ChargeProfile = {
  ...withTrId,
  name: 'token-pay-data-planid',
  description: 'Token 消费, contract number as token, with planId',
  fields: { tokenPayData: '{token={contract_id}&planId={plan_id}&tokenType=01}' },
  values: { plan_id: { from: 'setting', pattern: '^[0-9a-f]{32}$' } },
}

export const builtInProfiles: readonly ChargeProfile[] = [byContractId, withTrId, withPlanId]
export const defaultProfile = byContractId.name
