import type { Finding } from './sources.ts'

/** Accepted violations, each with the reason. One that is no longer needed fails the test. */
export const exceptions: (Finding & { because: string })[] = [
  {
    rule: 'spelling',
    file: 'web/bridge/admit.ts',
    what: 'nonceStr',
    because:
      'upsdk.config takes the field by this name, and bridge/ is where the wallet is spoken to',
  },
  {
    rule: 'call',
    file: 'web/stores/idle-timeout.ts',
    what: 'Date.now',
    because:
      'how long a page was hidden, the sleep of the phone included: performance.now() may stand still meanwhile',
  },
]

/** Technical terms that contain an otherwise banned word. */
export const terms: Record<string, string> = {
  'contract info': "UnionPay's operation contract.info",
  'info answer': 'an answer of contract.info',
  'info answers': 'answers of contract.info',
  'info params': 'the params of contract.info',
  'info pause': 'the five minutes between two contract.info',
  'data key': 'the key that seals data at rest, as every key store calls it',
  'token pay data': "UnionPay's field tokenPayData",
}
