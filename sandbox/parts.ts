import { createBridgeRules, type BridgeRules } from './bridge/bridge-rules.ts'
import { createClock, type SandboxClock } from './clock.ts'
import { createOrders, type Orders } from './gateway/orders.ts'
import { createPaymentNotices, type PaymentNotices } from './gateway/payment-notices.ts'
import { createReferee, type Referee } from './gateway/referee.ts'
import { createGatewayRules, type GatewayRules } from './gateway/rules.ts'
import { createJournal, type Journal } from './journal.ts'
import { createNoticeKeys, type NoticeKeys } from './notices/keys.ts'
import { createNotices, type Notices } from './notices/notices.ts'
import { createAccessTokens, type AccessTokens } from './open-platform/access-tokens.ts'
import { createCodes, type Codes } from './open-platform/codes.ts'
import { createContracts, type Contracts } from './open-platform/contracts.ts'
import { createInfoAnswers, type InfoAnswers } from './open-platform/info-answers.ts'
import { createRules, type Rules } from './open-platform/rules.ts'
import { readTemplates, type Template } from './open-platform/templates.ts'
import { createTokens, type Tokens } from './open-platform/tokens.ts'
import { openPki, type Pki } from './pki/pki.ts'
import type { Settings } from './settings.ts'
import { createSignedMessages, type SignedMessages } from './signed-messages.ts'
import { emptyTables, inTransaction, openDatabase, type Database } from './store/database.ts'
import { createPlants, type Plants } from './statements/plants.ts'
import { createStoredValues, type StoredValues } from './store/stored-values.ts'
import { createSwitchBoard, type SwitchBoard } from './switches.ts'
import { createMobileCodes, type MobileCodes } from './wallet/mobile-codes.ts'
import { createUsers, type Users } from './wallet/users.ts'

/** All parts of the sandbox, each with its own table or value in the one store. */
export type Parts = {
  settings: Settings
  clock: SandboxClock
  switches: SwitchBoard
  journal: Journal
  templates: ReadonlyMap<string, Template>
  users: Users
  tokens: Tokens
  codes: Codes
  access_tokens: AccessTokens
  mobile_codes: MobileCodes
  contracts: Contracts
  info_answers: InfoAnswers
  rules: Rules
  bridge_rules: BridgeRules
  notices: Notices
  notice_keys: NoticeKeys
  pki: Pki
  orders: Orders
  payment_notices: PaymentNotices
  gateway_rules: GatewayRules
  referee: Referee
  values: StoredValues
  plants: Plants
  signed_messages: SignedMessages
  /** Runs `work` in one transaction across the parts: completely or not at all. */
  atomically<T>(work: () => T): T
  /** Deletes all state except keys, the registered app and the clock. */
  reset(): void
  isClosed(): boolean
  close(): void
}

/** `world`: a store and a time source of the caller's own, for a simulation. */
export function createParts(
  settings: Settings,
  world: { database?: Database; nowMs?: () => number } = {},
): Parts {
  const templates = readTemplates(settings.templates_file)
  const database = world.database ?? openDatabase(settings.data_dir)
  const values = createStoredValues(database)
  const clock = createClock(values, world.nowMs)
  const switches = createSwitchBoard(values, settings.notice_url)
  const users = createUsers(database)
  const bridge_rules = createBridgeRules(values)
  const signed_messages = createSignedMessages(clock)
  users.addInitialUsers()
  return {
    settings,
    clock,
    switches,
    templates,
    users,
    bridge_rules,
    journal: createJournal(database, clock),
    tokens: createTokens(database, clock, switches),
    codes: createCodes(database, clock),
    access_tokens: createAccessTokens(database, clock),
    mobile_codes: createMobileCodes(database, clock),
    contracts: createContracts(database, clock),
    info_answers: createInfoAnswers(database, clock, switches),
    rules: createRules(database),
    notices: createNotices(database, clock, switches),
    notice_keys: createNoticeKeys(values, settings.data_dir),
    pki: openPki(settings.data_dir, settings.merchants, new Date(clock.nowMs() - clock.offsetMs())),
    orders: createOrders(database, clock),
    payment_notices: createPaymentNotices(database, clock),
    gateway_rules: createGatewayRules(database),
    referee: createReferee(database, clock, switches),
    values,
    plants: createPlants(values),
    signed_messages,
    atomically: (work) => inTransaction(database, work),
    reset() {
      emptyTables(database)
      signed_messages.clear()
      switches.resetToDefaults()
      bridge_rules.replaceAll({})
      createPlants(values).replaceAll([])
      users.addInitialUsers()
    },
    isClosed: () => !database.isOpen,
    close: () => database.close(),
  }
}
