import { Type, type Static } from 'typebox'
import type { Parts } from '../parts.ts'
import { deliver } from './deliver.ts'
import { noticeFields, NoticeFormSchema, type NoticeFields, type NoticeForm } from './form.ts'
import { encodeMembers, signNotice, wireMembers } from './wire.ts'

const members = Type.Record(
  Type.String({ minLength: 1, maxLength: 64 }),
  Type.Union([Type.String({ maxLength: 4_096 }), Type.Null()]),
)

/** A notice with chosen properties: valid, forged, or malformed. */
export const ProbeSchema = Type.Object(
  {
    contract_id: Type.Optional(Type.String()),
    fields: Type.Optional(members),
    override: Type.Optional(members),
    signature: Type.Optional(Type.Enum(['good', 'bad', 'foreign_key', 'missing'])),
    ...Type.Partial(NoticeFormSchema).properties,
    repeat_parameter: Type.Optional(Type.String({ maxLength: 64 })),
  },
  { additionalProperties: false },
)
export type Probe = Static<typeof ProbeSchema>

/** The sent notice and the merchant's answer. Null when the contract is unknown. */
export async function sendProbe(
  parts: Parts,
  probe: Probe,
): Promise<{ status: number | null; body: string; query: string } | null> {
  const switches = parts.switches.read()
  const form: NoticeForm = {
    transport: probe.transport ?? switches.notice_transport,
    generation: probe.generation ?? switches.notice_generation,
    null_as: probe.null_as ?? switches.notice_null,
  }
  const fields = probeFields(parts, probe, form)
  if (!fields) return null
  const sent = wireMembers(
    fields,
    probeSignature(parts, fields, probe.signature ?? 'good'),
    form.null_as,
  )
  const repeated = sent.find(([name]) => name === probe.repeat_parameter)
  const query = encodeMembers(repeated ? [...sent, repeated] : sent, form.transport)
  const { status, body } = await deliver(
    parts.journal,
    switches.notice_url,
    form.transport,
    query,
    `试探通知 (${probe.signature ?? 'good'})`,
  )
  return { status, body, query }
}

function probeFields(parts: Parts, probe: Probe, form: NoticeForm): NoticeFields | null {
  if (probe.fields) return { ...probe.fields, ...probe.override }
  const contract = probe.contract_id === undefined ? null : parts.contracts.byId(probe.contract_id)
  if (!contract) return null
  return {
    ...noticeFields(contract, parts.settings.app_id, form.generation, parts.clock.now()),
    ...probe.override,
  }
}

function probeSignature(parts: Parts, fields: NoticeFields, kind: string): string | null {
  if (kind === 'missing') return null
  if (kind === 'foreign_key') return signNotice(fields, parts.notice_keys.foreign())
  if (kind === 'bad')
    return signNotice({ ...fields, nonceStr: 'another' }, parts.notice_keys.private_key)
  return signNotice(fields, parts.notice_keys.private_key)
}
