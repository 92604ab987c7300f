import { dayCalled, packContent, writeStatement } from '../../statements/statement.ts'
import { constant, fields, optional } from '../fields.ts'
import { result } from '../result.ts'
import type { Question } from '../transaction.ts'

/**
 * 文件传输 76/01 at the root of the file host: the statement of a clearing day; 98 while there is
 * none (acp-gateway §7.2).
 */
export const statement: Question = {
  name: 'statement',
  fields: [fields.settleDate, constant('fileType', '00'), optional(fields.channelType)],
  answer(parts, { merId = '', settleDate = '' }) {
    const echo = { settleDate, fileType: '00' }
    const file = writeStatement(parts, merId, dayCalled(settleDate, parts.clock.nowMs()))
    return file === null
      ? { ...result('98'), fields: echo }
      : {
          ...result('00'),
          fields: { ...echo, fileName: file.file_name, fileContent: packContent(file.zip) },
        }
  },
}
