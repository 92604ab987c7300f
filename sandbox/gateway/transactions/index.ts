import type { Transaction } from '../transaction.ts'
import { cancel } from './cancel.ts'
import { charge, chargeByContractId } from './charge.ts'
import { encryptionCertificate } from './encryption-certificate.ts'
import { query } from './query.ts'
import { refund } from './refund.ts'
import { statement } from './statement.ts'

/** By address, txnType and txnSubType. Transactions that are not listed are refused with 32. */
export const transactions: ReadonlyMap<string, Transaction> = new Map<string, Transaction>([
  ['backTransReq.do 01/01', charge],
  ['backTransReq.do 01/10', chargeByContractId],
  ['backTransReq.do 04/00', refund],
  ['backTransReq.do 31/00', cancel],
  ['backTransReq.do 95/00', encryptionCertificate],
  ['/ 76/01', statement],
  ['queryTrans.do 00/00', query],
  ['queryTrans.do 00/02', query],
])
