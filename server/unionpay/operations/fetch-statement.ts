import type { Gateway } from '../gateway/gateway.ts'
import type { Range, Spool } from '../gateway/spool.ts'

/** `day` is MMDD. */
export type StatementRequest = { merchant: string; txn_time: string; day: string }

/**
 * `file`: the spool holds it in `content` until its receiver closes the spool. `no_file`: 98, ask
 * again later. `refused`: UnionPay says no. `none`: no answer that can be believed.
 */
export type StatementAnswer =
  | { kind: 'file'; name: string; content: Range; spool: Spool }
  | { kind: 'no_file' | 'refused'; code: string; message: string }
  | { kind: 'none'; why: string }

/**
 * 文件传输 76/01 at the file host's root: the statement of a clearing day (ACP §7.2). There is no
 * orderId.
 */
export async function fetchStatement(
  gateway: Gateway,
  { merchant, txn_time, day }: StatementRequest,
  stopping: AbortSignal,
): Promise<StatementAnswer> {
  const { answer, spool } = await gateway.fetchFile(
    '/',
    {
      txnType: '76',
      txnSubType: '01',
      bizType: '000000',
      merId: merchant,
      txnTime: txn_time,
      settleDate: day,
      fileType: '00',
    },
    stopping,
  )
  const read = readAnswer(answer, { merId: merchant, settleDate: day, txnType: '76' })
  if (read.kind === 'file' && spool) return { ...read, spool }
  await spool?.close()
  return read.kind === 'file' ? { kind: 'none', why: 'the answer is gone' } : read
}

type Read =
  | Exclude<StatementAnswer, { kind: 'file' }>
  | { kind: 'file'; name: string; content: Range }

function readAnswer(
  answer: Awaited<ReturnType<Gateway['fetchFile']>>['answer'],
  expected: Record<'merId' | 'settleDate' | 'txnType', string>,
): Read {
  if (answer.kind === 'none') return { kind: 'none', why: `${answer.why}: ${answer.detail}` }
  const { fields, content } = answer
  const other = (['merId', 'settleDate', 'txnType'] as const).filter(
    (field) => fields[field] && fields[field] !== expected[field],
  )
  if (other.length > 0)
    return {
      kind: 'none',
      why: other
        .map((field) => `${field} is ${fields[field]}, expected ${expected[field]}`)
        .join('; '),
    }
  const [code, message] = [fields.respCode ?? '', fields.respMsg ?? '']
  if (code === '98') return { kind: 'no_file', code, message }
  if (code !== '00') return { kind: 'refused', code, message }
  return content
    ? { kind: 'file', name: fields.fileName ?? '', content }
    : { kind: 'none', why: 'respCode 00 without fileContent' }
}
