import type { Clock } from '../../kernel/clock.ts'
import { isIssuedBy, ownerOf, readCertificate, type Certificate } from './certificate.ts'

export type OwnerRule = 'strict' | 'test'
export type Distrust =
  | 'not_a_certificate'
  | 'not_yet_valid'
  | 'expired'
  | 'chain_broken'
  | 'owner_wrong'
  | 'cert_id_unknown'
export type Trusted = { kind: 'trusted'; certificate: Certificate }
export type CertificateVerdict = Trusted | { kind: 'distrusted'; why: Distrust; detail: string }

/** What decides which certificates may sign messages to us. */
export type Trust = {
  /** the certificate a 5.1.0 message brought, as the exact text of signPubKeyCert */
  judge(pem: string): CertificateVerdict
  /** the configured certificate that a 5.0.0 message names by its decimal serial number */
  judgeCertId(cert_id: string): CertificateVerdict
}

export type TrustSettings = {
  roots: readonly Certificate[]
  middles: readonly Certificate[]
  /** certificates of UnionPay that 5.0.0 messages may name (acp_verify_sign) */
  verifying?: readonly Certificate[]
  owner_rule: OwnerRule
  clock: Clock
  most_cached?: number
}

/**
 * 中国银联股份有限公司 alone in production; UnionPay's test certificates of 2015 and 2017 carry
 * 00040000:SIGN (ACP §2.4).
 */
export const owners: Record<OwnerRule, readonly string[]> = {
  strict: ['中国银联股份有限公司'],
  test: ['中国银联股份有限公司', '00040000:SIGN'],
}

const longest_pem = 16 * 1024
const longest_chain = 4

/**
 * A certificate that came inside a message is believed only after its dates, its chain to a
 * configured root and its owner (ACP §2.4): otherwise anybody can sign. Believed ones are cached by
 * their full text, a bounded number; dates are checked again each time. Refused ones are not
 * cached, so that forgeries cannot push the real one out.
 */
export function createTrust(settings: TrustSettings): Trust {
  const { clock, most_cached = 32 } = settings
  const cache = new Map<string, { certificate: Certificate; chain: readonly Certificate[] }>()
  return {
    judge(pem) {
      const known = cache.get(pem)
      const found = known ?? examine(pem, settings)
      if ('kind' in found) return found
      const verdict = judgeDates(found.certificate, found.chain, clock.now())
      if (verdict.kind === 'trusted' && !known) {
        if (cache.size >= most_cached) cache.delete(cache.keys().next().value as string)
        cache.set(pem, found)
      }
      return verdict
    },
    judgeCertId(cert_id) {
      const certificate = settings.verifying?.find((one) => one.cert_id === cert_id)
      if (!certificate)
        return distrust(
          'cert_id_unknown',
          settings.verifying?.length
            ? `certificate ${cert_id} is not among the configured ones`
            : `a message of version 5.0.0 only names its certificate (${cert_id}); the server takes version 5.1.0 only`,
        )
      return judgeDates(certificate, [certificate], clock.now())
    },
  }
}

type Examined = { certificate: Certificate; chain: readonly Certificate[] }

function examine(
  pem: string,
  settings: TrustSettings,
): Examined | Extract<CertificateVerdict, { kind: 'distrusted' }> {
  const certificate = pem.length > longest_pem ? null : tryToRead(pem)
  if (!certificate)
    return distrust('not_a_certificate', 'signPubKeyCert cannot be read as a certificate')
  const chain = findChain(certificate, settings)
  if (!chain)
    return distrust(
      'chain_broken',
      `${certificate.cn ?? 'a certificate without CN'} does not lead to a configured root`,
    )
  const owner = ownerOf(certificate)
  if (owner === null || !owners[settings.owner_rule].includes(owner)) {
    return distrust(
      'owner_wrong',
      `the owner in "${certificate.cn ?? ''}" is not ${owners[settings.owner_rule].join(' or ')}`,
    )
  }
  return { certificate, chain }
}

/**
 * The leaf first, a configured root last; null when none is reached through the configured middles.
 */
export function findChain(
  leaf: Certificate,
  { roots, middles }: Pick<TrustSettings, 'roots' | 'middles'>,
): Certificate[] | null {
  const chain = [leaf]
  for (let link = 0; link < longest_chain; link++) {
    const last = chain[link] as Certificate
    const root = roots.find((one) => isIssuedBy(last, one))
    if (root) return [...chain, root]
    const middle = middles.find((one) => !chain.includes(one) && isIssuedBy(last, one))
    if (!middle) return null
    chain.push(middle)
  }
  return null
}

function judgeDates(
  certificate: Certificate,
  chain: readonly Certificate[],
  now: Date,
): CertificateVerdict {
  for (const one of chain) {
    const name = `${one.cn ?? 'a certificate without CN'} (certId ${one.cert_id})`
    if (now < one.valid_from)
      return distrust('not_yet_valid', `${name} begins on ${one.valid_from.toISOString()}`)
    if (now > one.valid_to)
      return distrust('expired', `${name} ended on ${one.valid_to.toISOString()}`)
  }
  return { kind: 'trusted', certificate }
}

export function tryToRead(pem: string): Certificate | null {
  try {
    return readCertificate(pem)
  } catch {
    return null
  }
}

const distrust = (
  why: Distrust,
  detail: string,
): Extract<CertificateVerdict, { kind: 'distrusted' }> => ({ kind: 'distrusted', why, detail })
