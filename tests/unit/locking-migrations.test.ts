import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { findLocks } from '../tidy/locks.ts'

const found = (text: string): string[] =>
  findLocks([{ file: '0099.do.x.sql', text }]).map(({ what }) => what.split(':')[0] ?? '')

describe('a blocking migration is reported', () => {
  test.for([
    'alter table charges add column note text not null',
    'ALTER TABLE charges\n  ADD note text NOT NULL',
    'alter table charges add column a text, add column note text not null',
    'alter table charges add column key uuid not null default gen_random_uuid()',
    'alter table charges alter column amount_fen type numeric',
    'alter table charges alter column description set not null',
    'alter table charges add constraint positive check (amount_fen > 0)',
    'alter table charges add constraint of_user foreign key (user_ref) references users (id)',
    'alter table charges add unique (query_id)',
    'alter table charges drop column description',
    'alter table charges drop description',
    'alter table charges rename column description to title',
    'alter table charges rename to payments',
    'create index charges_by_day on charges (accepted_at)',
    'create unique index if not exists charges_by_query on charges (query_id) where query_id is not null',
    'drop table if exists charges',
    'truncate charges',
    "update charges set description = ''",
    'delete from charges',
    'create table notes (id int); alter table charges drop column description',
  ])('%s', (statement) => expect(found(`${statement};`)).toEqual(['charges']))
})

describe('a harmless migration is not reported', () => {
  test.for([
    'alter table charges add column note text',
    "alter table charges add column note text not null default ''",
    'alter table charges add constraint positive check (amount_fen > 0) not valid',
    'alter table charges validate constraint positive',
    'alter table charges add constraint one_query unique using index charges_by_query',
    'alter table charges drop constraint positive',
    'alter table charges alter column description drop not null',
    'create table notes (id int primary key, text text not null); create index notes_text on notes (text); alter table notes add column at timestamptz not null',
    "update charges set description = '' where order_id = 'x'",
    '-- drop table charges;\nselect 1',
    'create function f() returns void language plpgsql as $$ begin delete from charges; end $$',
  ])('%s', (statement) => expect(found(`${statement};`)).toEqual([]))
})

test('a file that states the reason may lock; a single word is no reason', () => {
  expect(
    found(
      '-- locks: charges for a moment, no row is read\nalter table charges drop column description;',
    ),
  ).toEqual([])
  expect(found('-- locks: yes\nalter table charges drop column description;')).toEqual(['charges'])
})

test('the rule would have reported existing migrations of the product', () => {
  const results = findLocks([
    {
      file: '0009',
      text: readFileSync('server/storage/migrations/0009.do.watching.sql', 'utf8').replaceAll(
        '-- locks:',
        '--',
      ),
    },
  ])
  expect(results).toHaveLength(4)
})
