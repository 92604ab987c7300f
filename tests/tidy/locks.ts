import { listFiles, read, type Finding } from './sources.ts'

/** Migrations up to this number are older than the first installation. */
const last_without_rule = 9
const least_reason = 20

const table = '(?:if exists )?(?:only )?(?:public\\.)?"?(\\w+)"?'
const alter = (action: string): RegExp => new RegExp(`^alter table ${table} [^]*?\\b${action}`)

/**
 * Statements that block others on a large table, or break the previous version of the program that
 * still runs.
 */
const locking: [RegExp, string][] = [
  [
    new RegExp(
      `^create (?:unique )?index (?:concurrently )?(?:if not exists )?[\\s\\S]*? on (?:only )?"?(\\w+)"?`,
    ),
    'an index: writers wait while it is built',
  ],
  [
    alter(
      'add (?:column )?(?:if not exists )?(?!constraint|check|unique|primary|foreign|exclude)\\w+ (?=[^,]*\\bnot null\\b)(?![^,]*\\bdefault\\b)',
    ),
    'a column that is not null without default: fails on rows that are there',
  ],
  [
    alter('default (?:gen_random_uuid|random|clock_timestamp|nextval)\\b'),
    'a default that differs by row: rewrites the table',
  ],
  [
    alter('(?:generated always|\\w+ (?:small|big)?serial)\\b'),
    'a computed column: rewrites the table',
  ],
  [alter('alter (?:column )?\\w+ (?:set data )?type\\b'), 'another type: rewrites the table'],
  [alter('set not null\\b'), 'set not null: reads the whole table under a lock'],
  [
    alter('add (?:constraint \\w+ )?(?:check|foreign key)\\b(?![^]*\\bnot valid\\b)'),
    'a constraint without "not valid": reads the whole table under a lock',
  ],
  [
    alter('add (?:constraint \\w+ )?(?:unique|primary key|exclude)\\b(?![^]*\\busing index\\b)'),
    'a key without "using index": builds its index under a lock',
  ],
  [
    alter('drop (?:column )?(?!constraint|default|not null|expression|identity)'),
    'a dropped column: the program of yesterday still names it',
  ],
  [alter('rename\\b'), 'a new name: the program of yesterday knows the old one'],
  [
    new RegExp(
      `^(?:drop table|truncate(?: table)?|lock(?: table)?|cluster|reindex table|vacuum full) ${table}`,
    ),
    'the whole table under a lock',
  ],
  [/^update (?:only )?"?(\w+)"? (?![^]*\bwhere\b)/, 'every row in one statement'],
  [/^delete from (?:only )?"?(\w+)"?(?![^]*\bwhere\b)/, 'every row in one statement'],
]

/**
 * Statements of new migrations that lock, unless their file names the lock and the reason: `--
 * locks: …`.
 */
export function findLocks(files: { file: string; text: string }[] = newMigrations()): Finding[] {
  return files.flatMap(({ file, text }) =>
    saysWhy(text) ? [] : lockingIn(text).map((what) => ({ rule: 'locks', file, what })),
  )
}

const saysWhy = (text: string): boolean =>
  new RegExp(`^-- locks: .{${least_reason},}$`, 'm').test(text)

function lockingIn(text: string): string[] {
  const statements = text
    .replaceAll(/(\$\w*\$)[^]*?\1/g, "''")
    .replaceAll(/--.*$/gm, '')
    .replaceAll(/\/\*[^]*?\*\//g, '')
    .split(';')
    .map((statement) => statement.trim().toLowerCase().replaceAll(/\s+/g, ' '))
    .filter((statement) => statement !== '')
  const made_here = new Set(
    statements.map(
      (statement) =>
        /^create (?:unlogged )?table (?:if not exists )?(?:public\.)?"?(\w+)"?/.exec(
          statement,
        )?.[1],
    ),
  )
  return statements.flatMap((statement) =>
    locking.flatMap(([pattern, why]) => {
      const found = pattern.exec(statement)
      return found && !made_here.has(found[1]) ? [`${found[1]}: ${why}`] : []
    }),
  )
}

function newMigrations(): { file: string; text: string }[] {
  const migrations = listFiles('server/storage/migrations').filter(
    (file) => Number(/(\d{4})\.do\./.exec(file)?.[1]) > last_without_rule,
  )
  return migrations.map((file) => ({ file, text: read(file) }))
}
