import { Type, type Static } from 'typebox'
import { randomBytes } from 'node:crypto'
import { beijingTime } from '../beijing-time.ts'
import type { Contract } from '../open-platform/contracts.ts'
import type { Switches } from '../switches.ts'

/** The format of a notice: from the switches for real ones, chosen freely for a probe. */
export const NoticeFormSchema = Type.Object(
  {
    transport: Type.Union([Type.Literal('get'), Type.Literal('form')]),
    generation: Type.Union([Type.Literal('new'), Type.Literal('old')]),
    null_as: Type.Union([Type.Literal('literal'), Type.Literal('empty'), Type.Literal('missing')]),
  },
  { additionalProperties: false },
)
export type NoticeForm = Static<typeof NoticeFormSchema>

/** Members of a notice before signing; null is a value UnionPay does not know. */
export type NoticeFields = Record<string, string | null>

/**
 * The members of a termination notice (open platform §6.1). The newer list carries contractId; the
 * older one does not, has an 11-digit trid, and its contractCode is null.
 */
export function noticeFields(
  contract: Contract,
  app_id: string,
  generation: 'new' | 'old',
  now: Date,
  time: Switches['notice_time'] = 'usual',
): NoticeFields {
  const shared: NoticeFields = {
    appId: app_id,
    timestamp: String(Math.floor(now.getTime() / 1000)),
    nonceStr: randomBytes(8).toString('hex'),
    ...timeField(new Date(contract.terminated_at ?? now.getTime()), time),
    openId: contract.open_id,
  }
  if (generation === 'new') return { ...shared, contractId: contract.contract_id }
  return {
    ...shared,
    trid: contract.contract_id.slice(-11),
    contractCode: null,
    planId: contract.plan_id,
  }
}

/** Only the usual form is documented (open platform §6.1); a receiver must tolerate the others. */
function timeField(at: Date, time: Switches['notice_time']): NoticeFields {
  if (time === 'missing') return {}
  const written = {
    usual: () => beijingTime(at),
    empty: () => '',
    seconds: () => String(Math.floor(at.getTime() / 1000)),
    milliseconds: () => String(at.getTime()),
    zoned: () => `${beijingTime(at).replace(' ', 'T')}+08:00`,
  }
  return { operateTime: written[time]() }
}
