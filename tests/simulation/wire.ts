import type pg from 'pg'
import type { Breach } from './invariants.ts'
import { formOf } from './observer.ts'

type Fields = Readonly<Record<string, string>>
/** A claim about an order: its number and the code. */
type Claims = Set<string>
const claim = (order_id = '', code = ''): string => `${order_id} ${code}`

/** UnionPay's messages as they reach a process. Implemented independently of the server. */
export type Wire = {
  /** an answer to `request` arrived at the process that sent it */
  answered(request: { path: string; body: string }, answer: string): void
  /** a notification arrived; `is_signed`: by UnionPay, and as it was signed */
  notified(body: string, is_signed: boolean): void
  /** State changes and reviews without a message of the right kind that explains them. */
  inspect(look: pg.Client): Promise<Breach[]>
}

/**
 * A notification about money (additions B): a trace and the clearing day, and no field that only a
 * query answer has.
 */
export const isNotification = (fields: Fields): boolean =>
  !('origRespCode' in fields) &&
  !!fields.traceNo &&
  !!fields.traceTime &&
  !!fields.settleDate &&
  fields.settleAmt === fields.txnAmt

/** `k=v&k=v`; none of the fields read here can contain an `&`. */
const answerFields = (body: string): Fields =>
  Object.fromEntries(
    body.split('&').map((part) => {
      const cut = part.indexOf('=')
      return [part.slice(0, cut), part.slice(cut + 1)]
    }),
  )

export function createWire(): Wire {
  const said: Record<'answer' | 'query' | 'notification', Claims> = {
    answer: new Set(),
    query: new Set(),
    notification: new Set(),
  }
  return {
    answered({ path }, body) {
      const fields = answerFields(body)
      if (fields.signature === undefined) return // it was cut off in transit: the signature comes last
      if (path.endsWith('/queryTrans.do')) {
        if (fields.respCode === '00' && fields.origRespCode !== undefined)
          said.query.add(claim(fields.orderId, fields.origRespCode))
      } else if (path.endsWith('/backTransReq.do') && fields.origRespCode === undefined)
        said.answer.add(claim(fields.orderId, fields.respCode))
    },
    notified(body, is_signed) {
      const fields = formOf(body)
      if (is_signed && isNotification(fields))
        said.notification.add(claim(fields.orderId, fields.respCode))
    },
    async inspect(look) {
      const { rows } = await look.query<{ order_id: string; source: string; code: string }>({
        name: 'wire',
        text: `select order_id, source, unionpay_code as code from order_history
          where source in ('answer', 'query', 'notification') and unionpay_code is not null and from_state is not null`,
      })
      return rows
        .filter(
          ({ order_id, source, code }) =>
            !said[source as keyof typeof said].has(claim(order_id, code)),
        )
        .map(({ order_id, source, code }) => ({
          rule: 'only the right kind of message changes a state',
          what: `${order_id}: no ${source} said ${code}`,
        }))
    },
  }
}
