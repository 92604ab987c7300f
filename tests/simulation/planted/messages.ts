import type { PlantedFault } from './planted-fault.ts'

const bodies = 'server/notifications/raw-body.ts'
const budget = 'server/notifications/raw-body.ts'
const reading = 'server/unionpay/notice.ts'
const receiving = 'server/notifications/receive-termination.ts'
const transport = (test: string): PlantedFault['caught_by'] => ({
  project: 'server',
  file: 'tests/server/notification-transport.test.ts',
  test,
})
const time = (test: string): PlantedFault['caught_by'] => ({
  project: 'server',
  file: 'tests/server/termination-time.test.ts',
  test,
})
const unit = (file: string, test: string): PlantedFault['caught_by'] => ({
  project: 'unit',
  file: `tests/unit/${file}.test.ts`,
  test,
})

/**
 * Receiving UnionPay's notifications: reasons to refuse a valid one, and effects of an unreadable
 * one.
 */
export const messageFaults: PlantedFault[] = [
  {
    name: 'an answer that was unpacked is believed without its signature',
    edits: [
      [
        'server/unionpay/gateway/gateway.ts',
        "return second.kind === 'answer' ? second : answer",
        "return second.kind === 'none' && second.why === 'bad_signature' ? { kind: 'answer', fields: { respCode: '00' }, raw: plain } : second",
      ],
    ],
    caught_by: {
      project: 'unit',
      file: 'tests/unit/answer-body.test.ts',
      test: 'but a content change is detected',
    },
  },
  {
    name: 'a packed answer unpacks to whatever size it likes',
    edits: [
      [
        'server/unionpay/answer-body.ts',
        '{ maxOutputLength: most_bytes }',
        '{ maxOutputLength: 1_000_000_000 }',
      ],
    ],
    caught_by: {
      project: 'unit',
      file: 'tests/unit/answer-body.test.ts',
      test: 'a decompression bomb is not unpacked beyond the limit of an',
    },
  },
  {
    name: 'a malformed Content-Type refuses a true notification',
    edits: [[bodies, "raw.headers['content-type'] = 'application/octet-stream'", 'void raw']],
    caught_by: transport('is accepted whatever its headers: /notify/payment'),
  },
  {
    name: 'an unknown Expect refuses a true notification',
    edits: [
      [
        'server/http.ts',
        "server.server.emit('request', request, response),",
        'response.writeHead(417).end(),',
      ],
    ],
    caught_by: transport('is accepted whatever its headers: /notify/termination'),
  },
  {
    name: 'a true notification without Host is refused',
    edits: [['server/http.ts', 'requireHostHeader: false,', 'requireHostHeader: true,']],
    caught_by: transport('is accepted whatever its headers: /notify/payment'),
  },
  {
    name: 'what is refused before verification is not counted',
    edits: [
      [
        bodies,
        'if (!verified.has(request.raw)) onUnverified',
        'if (verified.has(request.raw)) onUnverified',
      ],
    ],
    caught_by: transport('a notification that is refused before its signature is'),
  },
  {
    name: 'false notifications are verified without a bound',
    edits: [
      [
        budget,
        'if (!suspects.has(address)) return readNow()',
        "if (address !== '') return readNow()",
      ],
    ],
    caught_by: unit('verification-budget', 'within a tenth of the time'),
  },
  {
    name: 'a flood from one address refuses the true notifications of all',
    edits: [
      [
        budget,
        'if (!suspects.has(address)) return readNow()',
        'if (budget.failures < 0) return readNow()',
      ],
    ],
    caught_by: unit(
      'verification-budget',
      'an address without forged messages is verified at once',
    ),
  },
  {
    name: 'a termination notice without number and time ends the contract',
    edits: [
      [
        receiving,
        'operated_at === null && isLive(contract) &&',
        'operated_at === null && !isLive(contract) &&',
      ],
    ],
    caught_by: time('with no time and no number'),
  },
  {
    name: 'a termination notice from the future ends the contract',
    edits: [[receiving, 'now.getTime() + most_ahead_ms', 'Infinity']],
    caught_by: time('with a time that has not come and no number'),
  },
  {
    name: 'a number that another contract had replaces the time of a termination',
    edits: [
      [
        receiving,
        '(contract_id === null || (await hadNumberBefore(db, cipher.digest(contract_id), contract.id)))',
        '(contract_id === null || ((await hadNumberBefore(db, cipher.digest(contract_id), contract.id)) as unknown) === 1)',
      ],
    ],
    caught_by: time('the number of an earlier contract does not replace the time'),
  },
  {
    name: 'after a notice without a time nobody is asked',
    edits: [
      [
        receiving,
        "await sweepTold(context, db, notice)\n    return 'time_unreadable'",
        "return 'time_unreadable'",
      ],
    ],
    caught_by: time('UnionPay is queried about the wallet instead, and its'),
  },
  {
    name: 'an unknown form of time raises no alarm',
    edits: [
      [receiving, 'if (notice.unread_time !== null)', 'if (notice.unread_time === undefined)'],
    ],
    caught_by: time('with seconds since 1970 and no number'),
  },
  {
    name: 'a value that nobody signed is believed',
    edits: [[reading, 'if (text(fields[name]) !== null) return\n', '']],
    caught_by: unit('notice', 'to which a number was added is refused'),
  },
  {
    name: 'an optional field that was signed empty and is missing does not verify',
    edits: [
      [
        reading,
        "const ways_without_value = ['null', '', undefined]",
        "const ways_without_value = ['null', undefined]",
      ],
    ],
    caught_by: unit('notice', 'verifies in every variant of signing and sending an'),
  },
]
