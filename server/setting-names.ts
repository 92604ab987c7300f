import { distance } from 'fastest-levenshtein'
import { setting_names, type Name } from './setting-definitions.ts'

/** The sandbox's own settings, which stand in the same file (sandbox/settings.ts). */
export const sandbox_names = [
  'SANDBOX_PORT',
  'SANDBOX_DATA_DIR',
  'SANDBOX_PAGES_DIR',
  'SANDBOX_TEMPLATES_FILE',
  'SANDBOX_APP_ID',
  'SANDBOX_APP_SECRET',
  'SANDBOX_APP_DOMAINS',
  'SANDBOX_NOTICE_URL',
  'SANDBOX_H5_URL',
  'SANDBOX_SHOP_SERVER_URL',
  'SANDBOX_SHOP_KEY_FILE',
  'SANDBOX_MERCHANTS',
  'SANDBOX_TR_ID',
  'SANDBOX_HOSTS',
] as const

const ours: ReadonlySet<string> = new Set([
  ...setting_names,
  ...sandbox_names,
  'ACP_VERIFY_FILES', // of `doctor verify`
])

/**
 * What else may stand in a file of settings: of Node, the shell, PostgreSQL, containers, tracing,
 * and tests.
 */
const of_others =
  /^(NODE_|OTEL_|npm_|NPM_|TEST_|POSTGRES_|PG|LC_|COMPOSE_|DOCKER_|CHROMIUM_PATH$|PATH$|HOME$|LANG$|TZ$|CI$|UV_THREADPOOL_SIZE$|SSL_CERT_(FILE|DIR)$|(https?|no|all)_proxy$|(HTTPS?|NO|ALL)_PROXY$)/

/** Words that nobody else's settings begin with. */
const of_ours =
  /^(UNIONPAY|ACP|SANDBOX|UPSDK|TICKET|DATA_KEY|RATE_LIMIT|CHARGE|MERCHANT|SESSION_PROOF|DEBIT_NOTICE|WUGAN)_/

/**
 * In letters that look the same, without a byte order mark, blanks and whatever else slipped in.
 */
const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll('-', '_')
    .replaceAll(/[^A-Z0-9_]/g, '')

const short = 6
const long = 8

/**
 * What is wrong with names that are meant as settings and are none, each a sentence. `in_file`: of
 * names in a file of settings, every one of which is meant for us; the environment has others' too,
 * and only what can hardly be theirs is named.
 */
export function problemsOfNames(
  names: readonly string[],
  isSet: (name: Name) => boolean,
  in_file = false,
): string[] {
  return names.flatMap((name) => {
    if (ours.has(name) || of_others.test(name)) return []
    const meant = nearestTo(plain(name))
    const same = meant !== null && plain(name) === meant
    const is_ours =
      (same && (meant.length >= short || name.toUpperCase() !== meant)) ||
      of_ours.test(plain(name)) ||
      (meant !== null && name.length >= long && !isSet(meant))
    if (!in_file && !is_ours) return []
    return [
      `${shown(name)} is no setting${meant === null ? '; remove it, or see .env.example for the right name' : `: write ${meant}`}`,
    ]
  })
}

/** A mark that nobody sees is shown. */
const shown = (name: string): string =>
  /^\w+$/.test(name) ? name : JSON.stringify(name).replaceAll('\uFEFF', '\\uFEFF')

/** The setting that a name is meant to be; null when none is near. */
function nearestTo(name: string): Name | null {
  const all = [...ours].map((one) => ({ one, far: distance(name, one) }))
  const best = all.toSorted((a, b) => a.far - b.far)[0]
  return best && best.far <= (name.length >= long ? 2 : 1) ? (best.one as Name) : null
}
