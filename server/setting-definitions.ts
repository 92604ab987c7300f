import { problemOfSchedule } from './kernel/query-schedule.ts'
import {
  address,
  anyText,
  databaseAddress,
  key32,
  listOf,
  merchantEntry,
  merchantFee,
  messageFields,
  minutesHolding,
  onOff,
  oneOf,
  origin,
  path,
  policyAddress,
  policySources,
  proxyAddress,
  secretText,
  share,
  textMatching,
  timeOfDay,
  wholeNumber,
  type Form,
} from './setting-forms.ts'

/**
 * Every setting of the server: its form and its default. `sandbox` defaults hold only when
 * UNIONPAY_ENV is sandbox; a setting without a default must be given. `.env.example` documents
 * each; a test compares the two.
 */
export const definitions = {
  UNIONPAY_ENV: setting(oneOf('sandbox', 'test', 'production'), 'sandbox'),
  PORT: setting(wholeNumber(0, 65535, 'a port'), '4600'),
  HOST: setting(anyText, 'localhost', { elsewhere: '0.0.0.0' }),
  PUBLIC_URL: setting(origin, null, { sandbox: 'http://localhost:4600' }),
  DATA_DIR: setting(path, 'data'),
  DATABASE_URL: setting(databaseAddress, ''),
  DATA_KEY: setting(key32, null, { sandbox: '' }),
  DATA_KEY_SECOND: setting(key32, ''),
  DATA_KEY_SECOND_ID: setting(
    textMatching(/^[a-z0-9]{1,8}$/, '1–8 small letters and digits'),
    'k0',
  ),
  DATA_KEY_ID: setting(textMatching(/^[a-z0-9]{1,8}$/, '1–8 small letters and digits'), 'k1'),
  TICKET_SECRET: setting(secretText, null, {
    sandbox: 'sandbox-ticket-secret-never-use-it-elsewhere',
  }),
  UNIONPAY_OPEN_URL: setting(address, 'https://open.95516.com', {
    sandbox: 'http://localhost:4601',
  }),
  UNIONPAY_APP_ID: setting(
    textMatching(/^[A-Za-z0-9_]{1,32}$/, '1–32 letters and digits, as UnionPay gave it'),
    null,
    { sandbox: '5ab0c0de5ab0c0de5ab0c0de5ab0c0de' },
  ),
  UNIONPAY_APP_SECRET: setting(anyText, null, { sandbox: '5ec0e75ec0e75ec0e75ec0e75ec0e755' }),
  UNIONPAY_NOTICE_KEY_FILES: setting(listOf(path), ''),
  UNIONPAY_PROXY: setting(proxyAddress, ''),
  UNIONPAY_TIMEOUT_MS: setting(wholeNumber(500, 60_000, 'milliseconds'), '10000'),
  UNIONPAY_GATEWAY_URL: setting(address, 'https://gateway.95516.com', {
    sandbox: 'http://localhost:4601',
    test: 'https://gateway.test.95516.com',
  }),
  UNIONPAY_FILE_URL: setting(address, 'https://filedownload.95516.com', {
    sandbox: 'http://localhost:4601',
    test: 'https://filedownload.test.95516.com',
  }),
  ACP_MERCHANTS: setting(listOf(merchantEntry), ''),
  ACP_SIGN_METHOD: setting(oneOf('01', '11', '12', '21'), '01'),
  ACP_PFX_PASSWORD: setting(anyText, '', { sandbox: '000000' }),
  ACP_PFX_PASSWORD_FILE: setting(path, ''),
  ACP_ROOT_FILES: setting(listOf(path), ''),
  ACP_MIDDLE_FILES: setting(listOf(path), ''),
  ACP_SECURE_KEY_FILE: setting(path, ''),
  ACP_OWNER_RULE: setting(oneOf('strict', 'test'), 'strict'),
  ACP_TR_ID: setting(textMatching(/^[0-9]{1,32}$/, 'the digits of the trId'), '', {
    sandbox: '62000000001',
  }),
  CHARGE_PROFILE: setting(anyText, ''),
  CHARGE_PROFILES_FILE: setting(path, ''),
  NOTIFICATION_REQUIRED_FIELDS: setting(messageFields, 'traceNo,traceTime,settleDate'),
  CHARGE_WAIT_MS: setting(wholeNumber(0, 30_000, 'milliseconds'), '3000'),
  QUERY_SCHEDULE_MINUTES: setting(minutesHolding(problemOfSchedule), '5,10,30,60,120'),
  QUERIES_PER_MINUTE: setting(
    wholeNumber(1, 6_000, 'queries a minute for one merchant number'),
    '60',
  ),
  CLEARING_DAY_ENDS: setting(timeOfDay, '23:00'),
  STATEMENT_AT: setting(timeOfDay, '09:00'),
  MERCHANT_FEES: setting(listOf(merchantFee), ''),
  REFUND_WINDOW_DAYS: setting(wholeNumber(1, 400, 'days'), '330'),
  DEBIT_NOTICE_RULE: setting(oneOf('record', 'refuse'), 'record'),
  TWO_PERSON_ABOVE_FEN: setting(wholeNumber(0, 1_000_000_000, 'fen'), '50000'),
  ENCODE_REDIRECT_URI: setting(onOff, 'on'),
  CONFIG_SIGNATURE_SECRET: setting(onOff, 'off'),
  UPSDK_URL: setting(policyAddress, 'https://open.95516.com/s/open/js/upsdk.js', {
    sandbox: 'http://localhost:4601/s/open/js/upsdk.js',
  }),
  UPSDK_ADMISSION: setting(oneOf('config', 'plugin_ready'), 'config'),
  BRIDGE_SOURCES: setting(policySources, 'gap: wvjbscheme: https:', { sandbox: '' }),
  SIGNING_WINDOW: setting(oneOf('redirect', 'web_view'), 'redirect'),
  FRAME_ANCESTORS: setting(listOf(policyAddress), ''),
  CLOCK_URL: setting(address, ''),
  SANDBOX_ON_PUBLIC_NETWORK: setting(onOff, 'off'),
  SESSION_PROOF_IDLE_MINUTES: setting(wholeNumber(1, 720, 'minutes'), '15'),
  EVENT_RETENTION_DAYS: setting(wholeNumber(30, 400, 'days'), '90'),
  WEBHOOK_PRIVATE_ADDRESSES: setting(onOff, 'off', { sandbox: 'on' }),
  SHOP_KEY_FILE: setting(path, ''),
  SWEEP_HOURS: setting(wholeNumber(1, 2160, 'hours'), '168'),
  PLANS_FILE: setting(path, 'plans.yaml'),
  WEB_DIR: setting(path, 'dist/web'),
  MERCHANT_NAME: setting(anyText, null, { sandbox: '青禾便民' }),
  MERCHANT_PHONE: setting(anyText, null, { sandbox: '400-000-0000' }),
  TRUSTED_PROXIES: setting(wholeNumber(0, 10, 'proxies'), '0'),
  DRAIN_MS: setting(wholeNumber(0, 60_000, 'milliseconds'), '5000', { sandbox: '0' }),
  RATE_LIMIT_LOGIN: setting(wholeNumber(1, 100_000, 'requests a minute from one address'), '120'),
  RATE_LIMIT_SIGNING: setting(wholeNumber(1, 100_000, 'requests a minute from one address'), '60'),
  RATE_LIMIT_API: setting(wholeNumber(1, 1_000_000, 'requests a minute from one address'), '1200'),
  METRICS_PORT: setting(wholeNumber(1, 65535, 'a port'), ''),
  METRICS_HOST: setting(anyText, 'localhost'),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting(address, ''),
  OTEL_TRACES_SAMPLER_ARG: setting(share, '1'),
  LOG_LEVEL: setting(oneOf('fatal', 'error', 'warn', 'info', 'debug', 'silent'), 'info'),
} as const

export type Name = keyof typeof definitions
type ValueOf<D> = D extends { form: Form<infer Value> } ? Value : never
type Raw = { [N in Name]: ValueOf<(typeof definitions)[N]> | null }
/** Empty texts and lists: `null` where the default is empty. */
export type Settings = Readonly<{
  [N in Name as Lowercase<N>]: Raw[N] extends (infer V) | null
    ? N extends Optional
      ? V | null
      : V
    : never
}>
type Optional =
  | 'DATABASE_URL'
  | 'BRIDGE_SOURCES'
  | 'DATA_KEY'
  | 'DATA_KEY_SECOND'
  | 'UNIONPAY_NOTICE_KEY_FILES'
  | 'UNIONPAY_PROXY'
  | 'FRAME_ANCESTORS'
  | 'CLOCK_URL'
  | 'SHOP_KEY_FILE'
  | 'ACP_MERCHANTS'
  | 'ACP_PFX_PASSWORD'
  | 'ACP_PFX_PASSWORD_FILE'
  | 'ACP_ROOT_FILES'
  | 'ACP_MIDDLE_FILES'
  | 'ACP_SECURE_KEY_FILE'
  | 'ACP_TR_ID'
  | 'CHARGE_PROFILE'
  | 'CHARGE_PROFILES_FILE'
  | 'MERCHANT_FEES'
  | 'METRICS_PORT'
  | 'OTEL_EXPORTER_OTLP_ENDPOINT'

export const setting_names = Object.keys(definitions) as Name[]

export type Definition<Value> = {
  form: Form<Value>
  fallback: string | null
  sandbox: string | null
  test: string | null
  elsewhere: string | null
}

function setting<Value>(
  form: Form<Value>,
  fallback: string | null,
  more: { sandbox?: string; test?: string; elsewhere?: string } = {},
): Definition<Value> {
  const elsewhere = more.elsewhere ?? fallback
  return {
    form,
    fallback,
    sandbox: more.sandbox ?? fallback,
    test: more.test ?? elsewhere,
    elsewhere,
  }
}
