import type { Parts } from '../parts.ts'
import type { Card, User } from '../wallet/users.ts'
import type { Order } from './order.ts'

const nameOf = ({ bank, kind, last4 }: Card): NonNullable<Order['card']> => ({ bank, kind, last4 })
const isSame = (card: Card, name: NonNullable<Order['card']>): boolean =>
  card.bank === name.bank && card.kind === name.kind && card.last4 === name.last4

/**
 * Tries the user's cards in the user's order until one pays (acp-gateway §3.8). `regardless`: a
 * rule forces success, so the first card pays whatever its balance. Otherwise returns the code of
 * the last card tried.
 */
export function chargeCards(
  parts: Parts,
  user: User,
  amount_fen: number,
  regardless: boolean,
): { card: NonNullable<Order['card']> } | { resp_code: string } {
  let resp_code = '30'
  for (const card of user.cards) {
    if (!regardless && card.refuses !== undefined) resp_code = card.refuses
    else if (!regardless && (card.balance_fen ?? Infinity) < amount_fen) resp_code = '64'
    else {
      addToCard(parts, user, nameOf(card), -amount_fen)
      return { card: nameOf(card) }
    }
  }
  return { resp_code }
}

/** Returns money to the card that paid; a card the user has removed since receives nothing. */
export function returnToCard(
  parts: Parts,
  user_id: string,
  card: NonNullable<Order['card']>,
  amount_fen: number,
): void {
  const user = parts.users.byId(user_id)
  if (user) addToCard(parts, user, card, amount_fen)
}

function addToCard(
  parts: Parts,
  user: User,
  name: NonNullable<Order['card']>,
  amount_fen: number,
): void {
  const cards = user.cards.map((card) =>
    card.balance_fen !== undefined && isSame(card, name)
      ? { ...card, balance_fen: Math.max(0, card.balance_fen + amount_fen) }
      : card,
  )
  parts.users.change(user.user_id, { cards })
}
