import { signMessage } from './gateway-peer.ts'
import { merchant_no, type Ground } from './bench-environment.ts'
import { insertOpenOrders } from './open-orders.ts'

let presented = 0

/** Open orders, and for each the notification in which UnionPay reports that it is paid. */
export async function presentNotifications(
  { pool, pki }: Ground,
  count: number,
): Promise<string[]> {
  const first = presented
  presented += count
  await insertOpenOrders(pool, first, count)
  const signer = pki.signer('unionpay')
  return Array.from({ length: count }, (_, place) => {
    const number = String(first + place)
    return new URLSearchParams(
      signMessage(
        {
          txnType: '01',
          txnSubType: '01',
          bizType: '000902',
          accessType: '0',
          merId: merchant_no,
          orderId: `BENCH${number.padStart(21, '0')}`,
          txnTime: '20261123120000',
          txnAmt: '1',
          currencyCode: '156',
          respCode: '00',
          respMsg: '成功[0000000]',
          queryId: `69${number.padStart(19, '0')}`,
          settleAmt: '1',
          settleCurrencyCode: '156',
          settleDate: '1123',
          traceNo: number.padStart(6, '0').slice(-6),
          traceTime: '1123120000',
          accNo: '6216****0018',
        },
        signer,
      ),
    ).toString()
  })
}
