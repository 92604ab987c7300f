import type { ChargeProfile } from './charge-profile.ts'

/** The best-supported guess of ACP §3.2: Token 消费, the contract number as token, with trId. */
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

export const builtInProfiles: readonly ChargeProfile[] = [withTrId, withPlanId]
export const defaultProfile = withTrId.name
