import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import type { StoredValues } from './store/stored-values.ts'

const choice = <const T extends string>(...values: T[]) => Type.Unsafe<T>(Type.Enum(values))
const duration = Type.Integer({ minimum: 0, maximum: 400 * 86_400_000 })

/**
 * What the panel and `/_control/settings` change while the sandbox runs: everything UnionPay leaves
 * open.
 */
const SwitchesSchema = Type.Object(
  {
    personality: choice('android', 'ios', 'harmonyos'),
    admission: choice('config', 'plugin_ready', 'either'),
    applet_auth: choice('answers', 'silent'),
    notice_transport: choice('get', 'form'),
    notice_generation: choice('new', 'old'),
    notice_null: choice('literal', 'empty', 'missing'),
    notice_time: choice('usual', 'missing', 'empty', 'seconds', 'milliseconds', 'zoned'),
    notice_timing: choice('now', 'late', 'twice', 'never'),
    notice_late_ms: duration,
    notice_on_relieve: Type.Boolean(),
    notice_url: Type.String({ pattern: '^https?://' }),
    time_field: choice('operateTime', 'operationTime'),
    not_signed_value: choice('', '0', 'missing'),
    refuse_returns: choice('error', 'nothing'),
    code_life_ms: duration,
    code_encoding: choice('encoded', 'raw'),
    return_state: Type.Boolean(),
    unfinished_orders: Type.Integer({ minimum: 0, maximum: 9_999 }),
    info_cache_ms: duration,
    token_life_s: Type.Integer({ minimum: 1, maximum: 86_400 }),
    token_requests_per_minute: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    token_blacklist_ms: duration,
    repeat_relieve_code: Type.String({ pattern: '^[0-9A-Za-z]{2,10}$' }),
    envelope: choice('new', 'old'),
    gateway_version: choice('5.1.0', '5.0.0'),
    gateway_latency_ms: Type.Integer({ minimum: 0, maximum: 60_000 }),
    booking_delay_ms: duration,
    payment_notice_timing: choice('now', 'late', 'twice', 'never'),
    payment_notice_late_ms: duration,
    failure_notices: Type.Boolean(),
    notice_acc_no: choice('absent', 'masked', 'plain', 'encrypted'),
    charge_biz_type: Type.String({ pattern: '^\\d{6}$' }),
    charge_carriers: choice('both', 'contract_id', 'token'),
    charge_token_form: choice('raw', 'base64'),
    txn_time_window_ms: duration,
    clearing_day_ends: Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' }),
    statement_at: Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' }),
    statement_fee_basis_points: Type.Integer({ minimum: 0, maximum: 1_000 }),
    refund_window_days: Type.Integer({ minimum: 1, maximum: 400 }),
    cancel_allowed: Type.Boolean(),
    referee_patience: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    signature_padding: Type.Boolean(),
    message_brackets: choice('ascii', 'full_width'),
  },
  { additionalProperties: false },
)

export const SwitchesPatchSchema = Type.Partial(SwitchesSchema, { additionalProperties: false })
export type Switches = Static<typeof SwitchesSchema>
export type SwitchesPatch = Static<typeof SwitchesPatchSchema>

const defaultSwitches = (notice_url: string): Switches => ({
  personality: 'android',
  admission: 'either',
  applet_auth: 'answers',
  notice_transport: 'get',
  notice_generation: 'new',
  notice_null: 'literal',
  notice_time: 'usual',
  notice_timing: 'now',
  notice_late_ms: 13 * 3_600_000 + 600_000, // 13 h 10 min was observed (open platform §6.1)
  notice_on_relieve: false,
  notice_url,
  time_field: 'operateTime',
  not_signed_value: '',
  refuse_returns: 'error',
  code_life_ms: 300_000,
  code_encoding: 'encoded',
  return_state: true,
  unfinished_orders: 0,
  info_cache_ms: 300_000,
  token_life_s: 7_200,
  token_requests_per_minute: 20,
  token_blacklist_ms: 600_000,
  repeat_relieve_code: 'BC2214',
  envelope: 'new',
  gateway_version: '5.1.0',
  gateway_latency_ms: 0,
  booking_delay_ms: 800,
  payment_notice_timing: 'now',
  payment_notice_late_ms: 7 * 60_000,
  failure_notices: true, // back-channel transactions notify both results (acp-gateway §5)
  notice_acc_no: 'masked',
  charge_biz_type: '000902',
  charge_carriers: 'both', // the charge messages the merchant has the right to send
  charge_token_form: 'raw',
  txn_time_window_ms: 4 * 3_600_000, // no limit is published; a local time zone is far outside this one. 0: not checked
  clearing_day_ends: '23:00',
  statement_at: '09:00',
  statement_fee_basis_points: 38,
  refund_window_days: 330,
  cancel_allowed: true,
  referee_patience: 1, // violations until the merchant is blacklisted
  signature_padding: true,
  message_brackets: 'ascii',
})

export type SwitchBoard = {
  read(): Switches
  change(patch: SwitchesPatch): Switches
  resetToDefaults(): void
}

const stored_as = 'switches'

/**
 * Only values that differ from the defaults are stored, so that a changed default or notice address
 * takes effect.
 */
export function createSwitchBoard(values: StoredValues, notice_url: string): SwitchBoard {
  const changed = (): SwitchesPatch => {
    const value: unknown = JSON.parse(values.read(stored_as) ?? '{}')
    return Value.Check(SwitchesPatchSchema, value) ? value : {}
  }
  const read = (): Switches => ({ ...defaultSwitches(notice_url), ...changed() })
  return {
    read,
    change(patch) {
      values.write(stored_as, JSON.stringify({ ...changed(), ...patch }))
      return read()
    },
    resetToDefaults: () => values.remove(stored_as),
  }
}
