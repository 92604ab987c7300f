import { contractApply } from './contract-apply.ts'
import { contractInfo } from './contract-info.ts'
import { contractRelieve } from './contract-relieve.ts'
import { contractStatus } from './contract-status.ts'
import { exchangeCode } from './exchange-code.ts'
import { backendToken, frontToken } from './shared-token.ts'

/** Every interface of the open platform that this server speaks. */
export const operations = {
  backendToken,
  frontToken,
  exchangeCode,
  contractApply,
  contractInfo,
  contractRelieve,
  contractStatus,
}
