import type { PlantedFault } from './planted-fault.ts'

const kind = 'server/unionpay/gateway/message-kind.ts'
const settlesNothing = {
  project: 'server',
  file: 'tests/server/payment-message-kinds.test.ts',
  test: 'is settled by no message of another kind with respCode 00',
}
const unitTest = (test: string) => ({
  project: 'unit',
  file: 'tests/unit/gateway/message-kind.test.ts',
  test,
})

/** The classification of messages signed by UnionPay. */
export const messageKindFaults: PlantedFault[] = [
  {
    name: 'the kind of a signed message is not looked at',
    edits: [
      [
        'server/unionpay/payments.ts',
        'not_a_notification: whyNotANotification(reading.fields, required, treatment)',
        'not_a_notification: null',
      ],
    ],
    caught_by: { seed: 2 },
  },
  {
    name: 'what is no notification may still decline',
    edits: [
      [
        'server/notifications/receive-payment.ts',
        "not_a_notification.why !== 'inconsistent') return null",
        "not_a_notification.why !== 'inconsistent' && proved.about?.code === '00') return null",
      ],
      [
        'server/notifications/receive-payment.ts',
        'return not_a_notification ? null : outcomeOfNotification',
        "return not_a_notification && proved.about.code === '00' ? null : outcomeOfNotification",
      ],
    ],
    caught_by: {
      ...settlesNothing,
      test: 'is settled by no message of another kind with respCode 64',
    },
  },
  {
    name: 'the batch of paid notifications does not look at their kind',
    edits: [
      ['server/notifications/receive-payment.ts', 'if (proved.not_a_notification) return null', ''],
    ],
    caught_by: settlesNothing,
  },
  {
    name: 'an inconsistent notification is believed',
    edits: [
      [
        kind,
        'const contradiction = findContradiction(fields, treatment)',
        'const contradiction = treatment === null ? findContradiction(fields, treatment) : null',
      ],
    ],
    caught_by: settlesNothing,
  },
  {
    name: 'an inconsistent query answer is believed',
    edits: [
      [
        'server/unionpay/operations/query-charge.ts',
        'if (contradiction !== null) return',
        'if (contradiction === undefined) return',
      ],
    ],
    caught_by: unitTest('an answer to a query is accepted when it has origRespCode'),
  },
  {
    name: 'a query answer is taken for a synchronous answer',
    edits: [
      [
        'server/unionpay/gateway/operation.ts',
        'if (other_kind !== null) return',
        'if (other_kind === undefined) return',
      ],
    ],
    caught_by: unitTest('is open when it has a field of a query answer'),
  },
]
