import { randomBase64, randomDigits, randomHex } from '../random.ts'
import { inTransaction, type Database } from '../store/database.ts'
import { initialUsers } from './initial-users.ts'

/**
 * `balance_fen`: the available amount, unlimited when absent; `refuses`: the respCode this card
 * answers to everything.
 */
export type Card = {
  bank: string
  kind: 'debit' | 'credit'
  last4: string
  balance_fen?: number
  refuses?: string
}

/**
 * A user with a 云闪付 wallet. `open_id` identifies the user for the registered app, `union_id`
 * across all apps.
 */
export type User = {
  user_id: string
  open_id: string
  union_id: string
  name: string
  mobile: string
  identity_last4: string
  cards: Card[]
  /** false: the account was cancelled, interfaces answer 3023 */
  registered: boolean
  /** the answer of contract.status for this user; null: the setting decides */
  unfinished_orders: number | null
}

export type NewUser = {
  user_id?: string
  name: string
  mobile?: string
  identity_last4?: string
  cards?: Card[]
}
export type UserChange = Partial<Omit<User, 'user_id' | 'open_id' | 'union_id'>>

export type Users = {
  all(): User[]
  first(): User
  byId(user_id: string): User | null
  byOpenId(open_id: string): User | null
  add(user: NewUser): User
  change(user_id: string, change: UserChange): User | null
  addInitialUsers(): void
}

export function createUsers(database: Database): Users {
  const all = database.prepare('SELECT * FROM wallet_users ORDER BY position')
  const byId = database.prepare('SELECT * FROM wallet_users WHERE user_id = ?')
  const byOpenId = database.prepare('SELECT * FROM wallet_users WHERE open_id = ?')
  const insert = database.prepare(
    `INSERT INTO wallet_users (user_id, open_id, union_id, name, mobile, identity_last4, cards)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const update = database.prepare(
    `UPDATE wallet_users SET name = ?, mobile = ?, identity_last4 = ?, cards = ?, registered = ?, unfinished_orders = ?
     WHERE user_id = ?`,
  )
  const find = (user_id: string): User | null => readUser(byId.get(user_id))
  const add = (user: NewUser): User => {
    const user_id = user.user_id ?? `wallet-${randomHex(6)}`
    const cards = user.cards ?? [{ bank: '交通银行', kind: 'debit', last4: randomDigits(4) }]
    // 48 bytes give the 64 characters observed in live openIds; unionId was 64 hex characters (open
    // platform §3.4)
    insert.run(
      user_id,
      randomBase64(48),
      randomHex(32),
      user.name,
      user.mobile ?? `138${randomDigits(8)}`,
      user.identity_last4 ?? randomDigits(4),
      JSON.stringify(cards),
    )
    return find(user_id) as User
  }
  const users: Users = {
    all: () => all.all().map((row) => readUser(row) as User),
    first: () => users.all()[0] as User,
    byId: find,
    byOpenId: (open_id) => readUser(byOpenId.get(open_id)),
    add,
    change(user_id, change) {
      const before = find(user_id)
      if (!before) return null
      const user = { ...before, ...change }
      update.run(
        user.name,
        user.mobile,
        user.identity_last4,
        JSON.stringify(user.cards),
        user.registered ? 1 : 0,
        user.unfinished_orders,
        user_id,
      )
      return user
    },
    addInitialUsers: () =>
      inTransaction(database, () => {
        if (users.all().length === 0) for (const user of initialUsers) add(user)
      }),
  }
  return users
}

function readUser(row: Record<string, unknown> | undefined): User | null {
  if (!row) return null
  const { position: _position, cards, registered, ...rest } = row
  return {
    ...(rest as Omit<User, 'cards' | 'registered'>),
    cards: JSON.parse(cards as string) as Card[],
    registered: registered === 1,
  }
}
