import { sources, type Finding, type Import, type Source } from './sources.ts'

/**
 * The modules of the server from the bottom up (docs/map.md). A module may import itself and those
 * below it.
 */
const rooms = [
  'kernel',
  'beside',
  'storage',
  'audit',
  'unionpay',
  'offline-checks',
  'api-keys',
  'sign-in',
  'contracts',
  'transactions',
  'charges',
  'bills',
  'refunds',
  'debit-notices',
  'privacy',
  'reconciliation',
  'webhooks',
  'notifications',
  'console',
  'jobs',
  'http',
  'metrics',
  'app',
  'main',
]
/** Single files: those beside the kernel, and the parts of http. */
const room_of_file: Record<string, string> = {
  errors: 'beside',
  'error-codes': 'beside',
  api: 'beside',
  'api-payments': 'beside',
  'api-debit-notices': 'beside',
  'api-console': 'beside',
  'api-webhooks': 'beside',
  'api-reconciliation': 'beside',
  settings: 'beside',
  'setting-names': 'beside',
  'env-file': 'beside',
  'setting-definitions': 'beside',
  'setting-forms': 'beside',
  'environment-rules': 'beside',
  'session-guard': 'beside',
  'key-guard': 'beside',
  'guard-prefix': 'beside',
  cookies: 'beside',
  'http-types': 'beside',
  plans: 'beside',
  schemas: 'beside',
  http: 'http',
  'close-server': 'http',
  'shed-load': 'http',
  published: 'http',
  health: 'http',
  'error-answers': 'http',
  'content-security': 'http',
  'public-routes': 'http',
  page: 'http',
  'page-routes': 'http',
  app: 'app',
  'start-settings': 'app',
  main: 'main',
}

/**
 * The states and reasons that a module defines. They import nothing, and the published schemas are
 * built from them.
 */
const leaf = /^server\/[a-z-]+\/states\.ts$/

function roomOf(file: string): string {
  if (leaf.test(file)) return 'kernel'
  const name = file.split('/')[1]?.replace(/\.ts$/, '') ?? ''
  return room_of_file[name] ?? name
}

/** Who may import what. Tests and commands may import anything. */
export function findImports(among: Source[] = sources): Finding[] {
  return among
    .filter(({ file }) => /^(server|client|web|sandbox|examples)\//.test(file))
    .flatMap(({ file, imports }) =>
      imports
        .filter((one) => one.file !== null && !mayImport(file, one))
        .map((one) => ({ rule: 'imports', file, what: one.file ?? '' })),
    )
}

function mayImport(from: string, { file, types_only }: Import): boolean {
  const to = file ?? ''
  const [program, target] = [from.split('/')[0], to.split('/')[0]]
  if (program === 'web') return target === 'web' || (to === 'server/api.ts' && types_only)
  // one file runs the example shop on the sandbox's addresses
  if (program === 'sandbox')
    return target === 'sandbox' || (from === 'sandbox/mount-shop.ts' && target === 'examples')
  // an example calls the server as a merchant would: with the client, which knows the published
  // document only
  if (program === 'examples') return target === 'examples' || target === 'client'
  if (program === 'client') return target === 'client'
  if (target !== 'server') return false
  const [mine, theirs] = [rooms.indexOf(roomOf(from)), rooms.indexOf(roomOf(to))]
  return mine >= 0 && theirs >= 0 && theirs <= mine
}

/**
 * Browser tests are run by Playwright Test, the rest of tests/ by Vitest; tests/support is for
 * both.
 */
const in_browser = /^tests\/(browser|e2e|sandbox-pages|gallery)\//

/** A test, or its support code, that imports a runner other than its own. */
export function findRunners(among: Source[] = sources): Finding[] {
  return among
    .filter(({ file }) => file.startsWith('tests/'))
    .flatMap(({ file, imports }) => {
      const foreign = file.startsWith('tests/support/')
        ? /^(vitest|@playwright\/test)(\/|$)/
        : in_browser.test(file)
          ? /^vitest(\/|$)/
          : /^@playwright\/test(\/|$)/
      return imports
        .filter(({ specifier, types_only }) => !types_only && foreign.test(specifier))
        .map(({ specifier }) => ({ rule: 'runner', file, what: specifier }))
    })
}
