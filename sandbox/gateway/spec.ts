import { optional, fields, type Field } from './fields.ts'
import type { Message } from './message.ts'
import { result, type Result } from './result.ts'

/**
 * Refuses the first invalid field: 13 when it is missing, 10 when it is empty, too long or of
 * another form.
 */
export function refuseFields(table: readonly Field[], message: Message): Result | null {
  for (const field of table) {
    const value = message[field.name]
    if (value === undefined) {
      if (field.required) return result('13', `${field.name} 缺失`, 'format')
      continue
    }
    if (value === '') return result('10', `${field.name} 为空，空字段不应上送`, 'format')
    if (value.length > field.maxLength)
      return result('10', `${field.name} 超过最大长度 ${field.maxLength}`, 'format')
    if (!field.form.test(value))
      return result('10', `${field.name} 格式不正确，应为${field.formText}`, 'format')
  }
  return null
}

/** Fields that another field makes required (acp-gateway §2.4, §3.6). */
export function refuseConditions(message: Message): Result | null {
  const needed: Field[] = []
  if (message.signMethod === '01' || message.signMethod === '21') needed.push(fields.certId)
  if (message.accessType === '1')
    needed.push(fields.acqInsCode, fields.merCatCode, fields.merName, fields.merAbbr)
  if (message.accessType === '2') needed.push(fields.subMerId, fields.subMerName, fields.subMerAbbr)
  return refuseFields(needed, message)
}

/** One of two ways to name the original transaction is required, completely (acp-gateway §7.1). */
export function refuseOriginal(message: Message): Result | null {
  const by_query_id = message.origQryId !== undefined
  const table =
    by_query_id || message.origOrderId === undefined
      ? [fields.origQryId, optional(fields.origOrderId), optional(fields.origTxnTime)]
      : [fields.origOrderId, fields.origTxnTime]
  return refuseFields(table, message)
}
