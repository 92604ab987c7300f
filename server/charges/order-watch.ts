import type { OrderSource } from '../api.ts'
import type { OrderTable } from './order.ts'

/** Told after the commit of what became of orders, for metrics. Must not throw. */
export type OrderWatch = {
  accepted(table: OrderTable): void
  settled(order: {
    table: OrderTable
    order_id: string
    state: 'succeeded' | 'failed'
    source: OrderSource
  }): void
}
