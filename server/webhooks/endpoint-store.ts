import type { Queryable } from '../storage/database.ts'
import type { DisabledReason, EndpointState } from './states.ts'

/** SQL of endpoints. */

export type Endpoint = {
  id: string
  url: string
  types: string[]
  state: EndpointState
  disabled_why: DisabledReason | null
  failing_since: Date | null
  secret_sealed: string
  previous_sealed: string | null
  previous_until: Date | null
  created_at: Date
}
const columns =
  'id, url, types, state, disabled_why, failing_since, secret_sealed, previous_sealed, previous_until, created_at'

export async function insertEndpoint(
  db: Queryable,
  endpoint: { id: string; url: string; types: readonly string[]; secret_sealed: string },
): Promise<Endpoint> {
  const { rows } = await db.query<Endpoint>(
    `insert into webhook_endpoints (id, url, types, secret_sealed) values ($1, $2, $3, $4) returning ${columns}`,
    [endpoint.id, endpoint.url, endpoint.types, endpoint.secret_sealed],
  )
  return rows[0] as Endpoint
}

export async function findEndpoint(db: Queryable, id: string): Promise<Endpoint | null> {
  return (
    (await db.query<Endpoint>(`select ${columns} from webhook_endpoints where id = $1`, [id]))
      .rows[0] ?? null
  )
}

/** The same, not to be removed until the transaction ends. To be locked before its deliveries. */
export async function holdEndpoint(db: Queryable, id: string): Promise<Endpoint | null> {
  return (
    (
      await db.query<Endpoint>(
        `select ${columns} from webhook_endpoints where id = $1 for key share`,
        [id],
      )
    ).rows[0] ?? null
  )
}

export async function listEndpoints(
  db: Queryable,
  before: string | undefined,
  most: number,
): Promise<Endpoint[]> {
  return (
    await db.query<Endpoint>(
      `select ${columns} from webhook_endpoints where $1::text is null or id < $1 order by id desc limit $2`,
      [before ?? null, most],
    )
  ).rows
}

/**
 * The old secret goes on signing for `hours`; one that was being rotated out already is dropped.
 */
export async function rotateSecret(
  db: Queryable,
  id: string,
  secret_sealed: string,
  hours: number,
): Promise<void> {
  await db.query(
    `update webhook_endpoints set previous_sealed = secret_sealed, previous_until = now() + make_interval(hours => $3), secret_sealed = $2 where id = $1`,
    [id, secret_sealed, hours],
  )
}

/** `why` null: active again. */
export async function switchEndpoint(db: Queryable, id: string, why: string | null): Promise<void> {
  await db.query(
    `update webhook_endpoints set state = case when $2::text is null then 'active' else 'disabled' end, disabled_why = $2, failing_since = null where id = $1`,
    [id, why],
  )
}

export async function removeEndpoint(db: Queryable, id: string): Promise<boolean> {
  return ((await db.query(`delete from webhook_endpoints where id = $1`, [id])).rowCount ?? 0) > 0
}

export async function noteSuccess(db: Queryable, id: string): Promise<void> {
  await db.query(
    `update webhook_endpoints set failing_since = null where id = $1 and failing_since is not null`,
    [id],
  )
}

/** Whether it has failed so long that it was disabled now. */
export async function noteFailure(
  db: Queryable,
  id: string,
  disable_after_s: number,
): Promise<boolean> {
  await db.query(
    `update webhook_endpoints set failing_since = business_now() where id = $1 and failing_since is null`,
    [id],
  )
  const { rowCount } = await db.query(
    `update webhook_endpoints set state = 'disabled', disabled_why = 'failed_too_long'
      where id = $1 and state = 'active' and failing_since <= business_now() - make_interval(secs => $2)`,
    [id, disable_after_s],
  )
  return (rowCount ?? 0) > 0
}
