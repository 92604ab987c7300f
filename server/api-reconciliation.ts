import type { Static } from 'typebox'
import type { Break, BreakResolution, Statement } from './schemas/reconciliation.ts'

/**
 * The part of the contract between merchants and server that is about statements; read it through
 * `api.ts`.
 */

/** GET /v1/statements → { statements, next_cursor }, GET /v1/statements/:id */
export type StatementView = Static<typeof Statement>

/** GET /v1/statements/:id/breaks → { breaks, next_cursor } */
export type BreakView = Static<typeof Break>
/** closed list; docs/reconciliation.md has a runbook for each */
export type BreakKind = BreakView['kind']
export type BreakAction = BreakView['actions'][number]
/**
 * How our order stood, and what the line said, when the break was found; or what of the file was
 * not compared.
 */
export type BreakSides = Pick<BreakView, 'ours' | 'theirs' | 'unread'>

/** POST /v1/breaks/:id/resolution. With `dry_run` nothing was changed, and `break` is as it was. */
export type BreakResolutionView = Static<typeof BreakResolution>
