import { isIssuedBy, type Certificate } from '../unionpay/gateway/certificate.ts'
import { loadCertificates } from '../unionpay/gateway/keys.ts'
import { findChain } from '../unionpay/gateway/trust.ts'
import type { Settings } from '../settings.ts'
import { ok, stop, type Check } from './check.ts'
import { judge } from './keys.ts'

/**
 * The certificates that lead from UnionPay's signature to a root we trust: there, in date, in one
 * line.
 */
export function checkChain(settings: Settings): Check[] {
  if (
    !settings.acp_merchants ||
    settings.acp_sign_method === '11' ||
    settings.acp_sign_method === '12'
  )
    return []
  if (settings.acp_root_files === null || settings.acp_middle_files === null) return [] // said by the settings
  const [roots, middles] = [
    readOrNone(settings.acp_root_files),
    readOrNone(settings.acp_middle_files),
  ]
  if (roots === null || middles === null) return [] // said by checkCertificateFiles
  return [
    ...roots.map((root) => judgeRoot(root, settings)),
    ...middles.map((middle) => judgeMiddle(middle, { roots, middles }, settings)),
    ...missing(roots, middles),
  ]
}

function readOrNone(files: readonly string[] | null): Certificate[] | null {
  try {
    return loadCertificates(files ?? [])
  } catch {
    return null
  }
}

/** Files of certificates that cannot be read, of each setting by itself. */
export const checkCertificateFiles = (['acp_root_files', 'acp_middle_files'] as const).map(
  (name) =>
    (settings: Settings): Check[] => {
      const files = settings[name] ?? []
      try {
        loadCertificates(files)
        return []
      } catch (error) {
        return [
          stop(
            'chain',
            `${name.toUpperCase()}: ${(error as Error).message}`,
            'give the acp_*_root.cer and acp_*_middle.cer of UnionPay, PEM or DER',
          ),
        ]
      }
    },
)

const nameOf = (one: Certificate): string => one.cn ?? one.x509.subject.replaceAll('\n', ', ')

function judgeRoot(root: Certificate, settings: Settings): Check {
  if (isIssuedBy(root, root)) return judge(`root ${nameOf(root)}`, root, settings, 'chain')
  return stop(
    'chain',
    `${nameOf(root)} is in ACP_ROOT_FILES and is no root: ${root.x509.issuer.replaceAll('\n', ', ')} issued it`,
    'put it into ACP_MIDDLE_FILES and the root into ACP_ROOT_FILES',
  )
}

function judgeMiddle(
  middle: Certificate,
  all: { roots: Certificate[]; middles: Certificate[] },
  settings: Settings,
): Check {
  if (!middle.x509.ca)
    return stop(
      'chain',
      `${nameOf(middle)} is in ACP_MIDDLE_FILES and may not issue`,
      'give acp_*_middle.cer; a signing certificate comes with the messages',
    )
  if (isIssuedBy(middle, middle))
    return stop(
      'chain',
      `${nameOf(middle)} is in ACP_MIDDLE_FILES and is a root`,
      'put it into ACP_ROOT_FILES and give the acp_*_middle.cer below it',
    )
  const others = all.middles.filter((one) => one !== middle)
  if (!findChain(middle, { roots: all.roots, middles: others })) {
    return stop(
      'chain',
      `middle ${nameOf(middle)} leads to no configured root: ${middle.x509.issuer.replaceAll('\n', ', ')} issued it`,
      'a certificate between is missing, or root and middle are of different environments',
    )
  }
  return judge(`middle ${nameOf(middle)}`, middle, settings, 'chain')
}

/**
 * A root without a middle below it verifies nothing that UnionPay signs (ACP §2.4: leaf ← OCA1 ← CS
 * CA).
 */
function missing(roots: readonly Certificate[], middles: readonly Certificate[]): Check[] {
  if (roots.length === 0 || middles.length === 0)
    return [
      stop(
        'chain',
        `${roots.length} root(s) and ${middles.length} middle certificate(s)`,
        'give both: ACP_ROOT_FILES and ACP_MIDDLE_FILES',
      ),
    ]
  const bare = roots.filter(
    (root) =>
      !middles.some((middle) => findChain(middle, { roots: [root], middles: [...middles] })),
  )
  return bare.length === 0
    ? [ok('chain', 'every root has a middle certificate below it')]
    : bare.map((root) =>
        stop(
          'chain',
          `no middle certificate below root ${nameOf(root)}`,
          'give its acp_*_middle.cer: without it every answer of UnionPay is disbelieved',
        ),
      )
}
