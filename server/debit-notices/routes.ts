import { Readable } from 'node:stream'
import type { DebitNoticeView } from '../api.ts'
import { findContract } from '../contracts/store.ts'
import { Refusal } from '../errors.ts'
import type { Server } from '../http-types.ts'
import { coversPlan, type ApiKey, type KeyGuard } from '../key-guard.ts'
import { mostOf, nextCursor } from '../schemas/paging.ts'
import { announceDebit } from './announce-debit.ts'
import type { DebitNoticesContext } from './context.ts'
import { isDay, type DebitNotice } from './debit-notice.ts'
import { writeProof } from './proof.ts'
import * as schemas from './route-schemas.ts'
import { findNotice, insertDelivery, listDeliveries, listNotices, withdrawNotice } from './store.ts'
import { viewNotice } from './view.ts'

/**
 * 扣款前告知, for the merchant's own systems: announce, report how it was sent, withdraw, list, and
 * export the proof.
 */
export function debitNoticeRoutes(
  server: Server,
  { context, keys }: { context: DebitNoticesContext; keys: KeyGuard },
): void {
  const { pool } = context.database

  server.post(
    '/v1/contracts/:id/debit-notices',
    { schema: schemas.announce },
    async (request, reply): Promise<DebitNoticeView> => {
      const key = await keys(request, 'charge')
      const contract = await findContract(pool, request.params.id)
      const plan = contract && context.catalogue.find(contract.plan_id)
      if (!contract || !plan || !coversPlan(key, contract.plan_id))
        throw new Refusal('contract_unknown')
      const { notice, repeated } = await announceDebit(
        context,
        contract,
        plan,
        request.body,
        key.id,
      )
      void reply.status(repeated ? 200 : 201)
      return view(notice)
    },
  )

  server.post(
    '/v1/debit-notices/:id/deliveries',
    { schema: schemas.deliver },
    async (request): Promise<DebitNoticeView> => {
      const notice = await covered(request.params.id, await keys(request, 'charge'))
      await insertDelivery(pool, notice.id, request.body.channel, request.body.proof ?? null)
      return view(notice)
    },
  )

  server.post(
    '/v1/debit-notices/:id/withdrawal',
    { schema: schemas.withdraw },
    async (request): Promise<DebitNoticeView> => {
      const { id } = await covered(request.params.id, await keys(request, 'charge'))
      await withdrawNotice(pool, id)
      return view((await findNotice(pool, id)) as DebitNotice)
    },
  )

  server.get(
    '/v1/debit-notices',
    { schema: schemas.list },
    async (request): Promise<{ debit_notices: DebitNoticeView[]; next_cursor: string | null }> => {
      const { plan_ids } = await keys(request, 'read')
      const { cursor, limit, from, to, contract } = request.query
      const most = mostOf(limit)
      const rows = await listNotices(
        pool,
        { plan_ids, contract, from: dayOf('from', from), to: dayOf('to', to), before: cursor },
        most,
      )
      const deliveries = await listDeliveries(
        pool,
        rows.map(({ id }) => id),
      )
      return {
        debit_notices: rows.map((row) => viewNotice(row, deliveries.get(row.id) ?? [])),
        next_cursor: nextCursor(rows, most, (row) => row.id),
      }
    },
  )

  server.get('/v1/debit-notices/proof', { schema: schemas.proof }, async (request, reply) => {
    const { plan_ids } = await keys(request, 'read')
    const [from, to] = [
      dayOf('from', request.query.from) ?? '',
      dayOf('to', request.query.to) ?? '',
    ]
    const renewals = context.catalogue
      .all()
      .filter(
        (plan) =>
          plan.notice_days !== null && (plan_ids.length === 0 || plan_ids.includes(plan.plan_id)),
      )
    void reply
      .header('content-disposition', `attachment; filename="debit-notices-${from}-${to}.csv"`)
      .type('text/csv; charset=utf-8')
    return reply.send(
      Readable.from(
        writeProof(
          pool,
          renewals.map(({ plan_id }) => plan_id),
          from,
          to,
        ),
      ),
    )
  })

  server.get(
    '/v1/debit-notices/:id',
    { schema: schemas.read },
    async (request): Promise<DebitNoticeView> =>
      view(await covered(request.params.id, await keys(request, 'read'))),
  )

  const covered = async (id: string, key: ApiKey): Promise<DebitNotice> => {
    const notice = await findNotice(pool, id)
    const contract = notice && (await findContract(pool, notice.contract_ref))
    if (!notice || !contract || !coversPlan(key, contract.plan_id)) throw new Refusal('not_found')
    return notice
  }
  const view = async (notice: DebitNotice): Promise<DebitNoticeView> =>
    viewNotice(notice, (await listDeliveries(pool, [notice.id])).get(notice.id) ?? [])
}

function dayOf(path: string, text: string | undefined): string | undefined {
  if (text !== undefined && !isDay(text))
    throw new Refusal('bad_request', [{ path, problem: 'is no day of the calendar' }])
  return text
}
