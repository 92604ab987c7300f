import type { Interface } from '../interface.ts'
import { contractApply } from './contract-apply.ts'
import { contractInfo } from './contract-info.ts'
import { contractRelieve } from './contract-relieve.ts'
import { contractStatus } from './contract-status.ts'
import { backendToken, frontToken } from './shared-token.ts'
import { token } from './token.ts'

/** Every interface the app has access to; any other name is a 404 page (open platform §1). */
export const interfaces: ReadonlyMap<string, Interface> = new Map(
  [
    backendToken,
    frontToken,
    token,
    contractApply,
    contractRelieve,
    contractInfo,
    contractStatus,
  ].map((one) => [one.name, one]),
)
