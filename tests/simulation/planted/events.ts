import type { PlantedFault } from './planted-fault.ts'

const feed = 'tests/server/event-feed.test.ts'
const positions = 'tests/server/event-positions.test.ts'
const migration = 'server/storage/migrations/0016.do.event-feed.sql'

/** The event feed: a reader would miss a change. */
export const eventFaults: PlantedFault[] = [
  {
    name: 'every second change of a batch is no event',
    edits: [
      [
        'server/webhooks/announce-events.ts',
        'const changes = rows.flatMap(',
        'const changes = rows.filter((_, place) => place % 2 === 0).flatMap(',
      ],
    ],
    caught_by: { seed: 1 },
  },
  {
    name: 'an event has the position that its change was given when it was written',
    edits: [
      [
        'server/webhooks/outbox-store.ts',
        "select t.id, 'order' as source, h.seq as source_seq,",
        "select t.id, t.id as position, 'order' as source, h.seq as source_seq,",
      ],
      [
        'server/webhooks/outbox-store.ts',
        "select t.id, 'contract', h.seq,",
        "select t.id, t.id, 'contract', h.seq,",
      ],
      [
        'server/webhooks/outbox-store.ts',
        "select t.id, 'break', h.seq,",
        "select t.id, t.id, 'break', h.seq,",
      ],
      [
        'server/webhooks/outbox-store.ts',
        'set last_position = last_position + $1 returning last_position - $1 + 1 as first',
        'set last_position = greatest(last_position, (select last_value from event_outbox_id_seq)) where $1 > 0 returning 0 as first',
      ],
      [
        'server/webhooks/announce-events.ts',
        'position: first + index',
        'position: (row as unknown as { position: number }).position + first * index',
      ],
    ],
    caught_by: {
      project: 'server',
      file: feed,
      test: 'a change whose transaction began first and commits last',
    },
  },
  {
    name: 'two processes give positions at once',
    edits: [
      [
        'server/webhooks/announce-events.ts',
        'if (!(await lockPositions(db))) return 0',
        'await lockPositions(db)',
      ],
    ],
    caught_by: {
      project: 'server',
      file: positions,
      test: 'by one process at a time: another finds nothing to do',
    },
  },
  {
    name: 'positions are read without a lock and written back',
    edits: [
      ['server/webhooks/announce-events.ts', 'if (!(await lockPositions(db))) return 0', ''],
      [
        'server/webhooks/outbox-store.ts',
        'order by id limit $1) returning id, source, seq)',
        'order by id limit $1 for update skip locked) returning id, source, seq)',
      ],
      [
        'server/webhooks/outbox-store.ts',
        'update event_feed set last_position = last_position + $1 returning last_position - $1 + 1 as first',
        'select last_position + 1 as first, $1::int from event_feed',
      ],
      [
        'server/webhooks/announce-events.ts',
        'await insertEvents(db, events)',
        "await insertEvents(db, events)\n  await db.query('update event_feed set last_position = $1', [first + changes.length - 1])",
      ],
    ],
    caught_by: {
      project: 'server',
      file: positions,
      test: 'in many steps at once, one for each change, without a gap',
    },
  },
  {
    name: 'a change is no event while there is no webhook endpoint',
    edits: [
      [
        migration,
        "select 'order', seq from added where from_state is not null order by seq",
        "select 'order', seq from added where from_state is not null and exists (select from webhook_endpoints) order by seq",
      ],
    ],
    caught_by: {
      project: 'server',
      file: feed,
      test: 'a contract, its charge, its refund and its end while no endpoint exists',
    },
  },
  {
    name: 'a position of before what is kept is answered with what is left',
    edits: [
      ['server/webhooks/read-events.ts', 'if (after < deleted_to)', 'if (after < 0 * deleted_to)'],
    ],
    caught_by: {
      project: 'server',
      file: positions,
      test: 'a position before the first stored one is refused with the',
    },
  },
  {
    name: 'old events are deleted by their age alone',
    edits: [
      [
        'server/webhooks/feed-store.ts',
        'and (e.position is null or e.position <= (select deleted_to from event_feed))',
        '',
      ],
    ],
    caught_by: {
      project: 'server',
      file: positions,
      test: 'a position before the first stored one is refused with the',
    },
  },
  {
    name: 'an old event is deleted while a webhook is still to be delivered',
    edits: [
      [
        'server/webhooks/feed-store.ts',
        "d.state = 'pending' and p.state = 'active'",
        "d.state = 'pending' and p.state = 'gone'",
      ],
    ],
    caught_by: {
      project: 'server',
      file: positions,
      test: 'an event that is still undelivered to an active endpoint is',
    },
  },
  {
    name: 'a key reads the events of every plan',
    edits: [
      [
        'server/webhooks/read-events.ts',
        'plan_id === null ? key.plan_ids.length === 0 : coversPlan(key, plan_id)',
        "plan_id === null || coversPlan(key, plan_id) || key.verbs.includes('read')",
      ],
    ],
    caught_by: {
      project: 'server',
      file: feed,
      test: 'only the plans of the key: it skips other plans, and events',
    },
  },
  {
    name: 'an old secret signs webhooks for ever',
    edits: [['server/webhooks/deliver.ts', '&& previous_until > real_clock.now()', '']],
    caught_by: {
      project: 'unit',
      file: 'tests/unit/webhooks.test.ts',
      test: 'is made with the old secret of a rotation too, until its day is over',
    },
  },
]
