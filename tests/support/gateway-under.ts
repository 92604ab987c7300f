import { createGateway } from '../../server/unionpay/gateway/gateway.ts'
import { certificateOf } from '../../server/unionpay/gateway/certificate.ts'
import { now, type makeAuthority } from './acp-authority.ts'

type Options = Parameters<typeof createGateway>[0]

/**
 * Our side of the gateway for one merchant number with a key of this authority; the test chooses
 * the rest.
 */
export function gatewayUnder(
  authority: ReturnType<typeof makeAuthority>,
  merchant: string,
  more: Partial<Options> & Pick<Options, 'base_url' | 'answer_timeout_ms' | 'connections'>,
): ReturnType<typeof createGateway> {
  const own = certificateOf(authority.leaf({ cn: `${merchant}:SIGN` }).certificate)
  return createGateway({
    merchants: [
      {
        merchant,
        certificate: own,
        signing: { method: '01', cert_id: own.cert_id, key: authority.leaf_key },
      },
    ],
    roots: authority.roots,
    middles: authority.middles,
    owner_rule: 'strict',
    clock: { now: () => now },
    ...more,
  })
}
