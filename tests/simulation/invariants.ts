import type pg from 'pg'

/** A broken invariant. `rule` names it. */
export type Breach = { rule: string; what: string }

/** Reads committed rows and reports those that break an invariant. */
export type Invariants = {
  /** Runs after every commit. */
  inspect(): Promise<Breach[]>
  reset(): void
}

/** Limits as the plans define them, in fen; an operator's decision does not count towards them. */
const rules: Record<string, string> = {
  'one charge for one order': `select merchant_order_no as what from charges where state in ('pending', 'succeeded') and resolved_by is null group by 1 having count(*) > 1`,
  'limits hold': `select c.contract_ref || ' used ' || sum(c.amount_fen) as what from charges c
    where c.state <> 'failed' and c.resolved_by is null group by c.contract_ref, c.accepted_on, c.plan_id
    having sum(c.amount_fen) > case c.plan_id when 'a1f0c3d2e4b5968778695a4b3c2d1e01' then 10000 when 'a1f0c3d2e4b5968778695a4b3c2d1e05' then 1500 else 20000 end`,
  'the day counts what was taken': `select d.contract_ref || ': ' || d.used_fen as what from contract_days d where used_fen <>
    (select coalesce(sum(amount_fen), 0) from charges c where c.contract_ref = d.contract_ref and c.accepted_on = d.day and c.state <> 'failed')`,
  'no more is given back than was taken': `select c.order_id as what from charges c join refunds r on r.charge_ref = c.order_id and r.state <> 'failed'
    group by c.order_id having sum(r.amount_fen) > c.amount_fen or (count(*) > 1 and bool_or(r.kind = 'cancel'))`,
  'history explains the state': `select o.order_id as what from (select order_id, state from charges union all select order_id, state from refunds) o
    where o.state is distinct from (select to_state from order_history h where h.order_id = o.order_id order by seq desc limit 1)
    union all select c.id from contracts c where c.state is distinct from (select to_state from contract_history h where h.contract_ref = c.id order by seq desc limit 1)
    union all select order_id from (select order_id, from_state, lag(to_state) over (partition by order_id order by seq) as before from order_history) h where from_state is distinct from before
    union all select contract_ref from (select contract_ref, from_state, lag(to_state) over (partition by contract_ref order by seq) as before from contract_history) h where from_state is distinct from before`,
  'what is final stays, unless a person decides': `select order_id as what from order_history where from_state in ('succeeded', 'failed') and to_state <> from_state and source <> 'operator'`,
  'nothing is called failed unless UnionPay said so, or it never left': `select order_id as what from order_history
    where to_state = 'failed' and from_state = 'pending' and source <> 'operator' and unionpay_code is null and reason is distinct from 'not_sent'`,
  'what never left is asked about by nobody, is not paid, and waits for no person': `select order_id as what
    from (select order_id, state, queries, waits_for, sent_at from charges union all select order_id, state, queries, waits_for, sent_at from refunds) o
    where sent_at is null and (queries > 0 or state = 'succeeded' or waits_for = 'manual_review')`,
  'an order that is paid twice is in review': `select merchant_order_no as what from (
      select c.merchant_order_no, c.amount_fen, c.needs_review, c.amount_fen - coalesce((select sum(amount_fen) from refunds r
        where r.charge_ref = c.order_id and r.state = 'succeeded'), 0) as held_fen from charges c where c.state = 'succeeded') paid
    where held_fen > 0 group by 1 having sum(held_fen) > max(amount_fen) and bool_or(not needs_review)`,
  'terminated stays terminated': `select contract_ref as what from contract_history where from_state = 'terminated'`,
  'whatever is open comes due': `select order_id as what from (select order_id, state, due_at, waits_for from charges union all select order_id, state, due_at, waits_for from refunds) o
    where state = 'pending' and (waits_for is null or (waits_for <> 'manual_review' and due_at is null))
    union all select id from contracts where (state = 'terminating' or (state = 'applying' and step <> 'opened')) and check_due_at is null and not needs_review`,
}
const fresh = `select 'no charge is accepted unless the contract is active' as rule, c.order_id as what, k.state = 'active' as right_then
    from charges c join contracts k on k.id = c.contract_ref where not (c.order_id = any($1))
  union all select 'only what is paid for certain is given back', r.order_id, c.state = 'succeeded' and (not c.needs_review or c.review_reason = 'paid_twice')
    from refunds r join charges c on c.order_id = r.charge_ref where not (r.order_id = any($1))`

export function createInvariants(look: pg.Client): Invariants {
  const broken = Object.entries(rules).map(
    ([rule, sql]) =>
      `select '${rule}' as rule, what, null::boolean as right_then from (${sql}) found`,
  )
  const text = [...broken, fresh].join(' union all ')
  let seen: string[] = []
  return {
    async inspect() {
      const { rows } = await look.query<Breach & { right_then: boolean | null }>({
        name: 'inspect',
        text,
        values: [seen],
      })
      seen = [
        ...seen,
        ...rows.filter(({ right_then }) => right_then !== null).map(({ what }) => what),
      ]
      return rows
        .filter(({ right_then }) => right_then !== true)
        .map(({ rule, what }) => ({ rule, what }))
    },
    reset: () => void (seen = []),
  }
}
