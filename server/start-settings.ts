import { lookup } from 'node:dns/promises'
import { readFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { hostsOf, inside_names, inside_rule, unionpay_names } from './environment-rules.ts'
import { isInside, isInsideAddress, isOwnMachine, plainHost } from './kernel/host.ts'
import { kindOfAddress } from './kernel/ip-address.ts'
import { checkOffline, sentencesOf } from './offline-checks/run.ts'
import { isExamplePlan } from './plans/plan.ts'
import { readCatalogue } from './plans/catalogue.ts'
import { inspectSettings, SettingsProblem, type Settings } from './settings.ts'
import { loadCertificates, openPfxFile, readMerchantEntry } from './unionpay/gateway/keys.ts'
import { materialOf } from './unionpay/gateway/material.ts'
import { readPassword } from './unionpay/acp-gateway.ts'
import type { Certificate } from './unionpay/gateway/certificate.ts'

/**
 * What the settings cannot say of themselves: where names lead, and which addresses this machine
 * has. A test has its own.
 */
export type Surroundings = {
  /** every address of a name; empty when it has none, or none within the time */
  resolve(host: string): Promise<string[]>
  own_addresses(): string[]
}

const resolve_within_ms = 3_000

const realSurroundings: Surroundings = {
  async resolve(host) {
    const found = lookup(host, { all: true }).then(
      (all) => all.map(({ address }) => address),
      () => [],
    )
    return Promise.race([found, wait(resolve_within_ms, [], { ref: false })])
  },
  own_addresses: () =>
    Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address)),
}

/**
 * The settings of a process that will serve. Names are resolved and certificates read too, so that
 * no sandbox is reached from a public network and no production runs on what belongs to a test.
 * Throws SettingsProblem with everything that is wrong at once. `made_later`: the folder whose
 * files the sandbox makes at its first start.
 */
export async function readStartSettings(
  env: Record<string, string | undefined>,
  surroundings: Surroundings = realSurroundings,
  made_later: string | null = null,
): Promise<Settings> {
  const { settings, problems } = inspectSettings(env)
  const { stops, remarks } = sentencesOf(checkOffline(settings, made_later))
  const all = [...problems, ...(await startProblems(settings, surroundings)), ...stops]
  if (all.length > 0)
    throw new SettingsProblem(all, settings.unionpay_env === 'sandbox' ? [] : remarks)
  return settings
}

/** What a start goes on with, and an operator should look at; a sandbox has nothing of it. */
export const startRemarks = (settings: Settings): string[] =>
  settings.unionpay_env === 'sandbox' ? [] : sentencesOf(checkOffline(settings)).remarks

/**
 * What only shows when names are resolved and files are read; each problem as it is said at start.
 */
export async function startProblems(
  settings: Settings,
  surroundings: Surroundings = realSurroundings,
): Promise<string[]> {
  if (settings.unionpay_env === 'sandbox')
    return settings.sandbox_on_public_network ? [] : publicAddressProblems(settings, surroundings)
  const own = await ownMachineProblems(settings, surroundings)
  return settings.unionpay_env === 'production' ? [...own, ...materialProblems(settings)] : own
}

/**
 * The names among these settings with the addresses they lead to; what is an address already was
 * judged by its text.
 */
const resolved = (
  hosts: readonly [string, string][],
  { resolve }: Surroundings,
): Promise<{ name: string; host: string; addresses: string[] }[]> =>
  Promise.all(
    hosts
      .filter(([, host]) => kindOfAddress(host) === null)
      .map(async ([name, host]) => ({ name, host, addresses: await resolve(host) })),
  )

async function publicAddressProblems(
  settings: Settings,
  surroundings: Surroundings,
): Promise<string[]> {
  const hosts = hostsOf(settings, inside_names)
  const own = hostsOf(settings, ['PUBLIC_URL']).filter(([, host]) => isInside(host) === true)
  const found = await resolved([...own, ...hosts], surroundings)
  const problems = found.flatMap(({ name, host, addresses }) => {
    const outside = addresses.find((address) => !isInsideAddress(address))
    if (outside) return [`${name} leads to the public address ${outside} (${host}); ${inside_rule}`]
    return addresses.length > 0 || isInside(host) === true
      ? []
      : [`${name} is ${host}, which does not resolve and may be public; ${inside_rule}`]
  })
  return [...problems, ...(await listenerProblems(settings, surroundings))]
}

/** Where a sandbox listens: HOST, or every address of this machine. */
async function listenerProblems({ host }: Settings, surroundings: Surroundings): Promise<string[]> {
  if (!host) return []
  const plain = plainHost(host)
  const everywhere = plain === '0.0.0.0' || plain === '::'
  const addresses = everywhere
    ? surroundings.own_addresses()
    : kindOfAddress(plain) === null
      ? await surroundings.resolve(plain)
      : [plain]
  // with IPv6 every machine of a home network has a public address, behind its router
  const outside = addresses.find(
    (address) => !isInsideAddress(address) && !(everywhere && address.includes(':')),
  )
  return outside
    ? [
        `HOST is ${host}, and the sandbox would listen at the public address ${outside}; ${inside_rule}`,
      ]
    : []
}

/**
 * A name of UnionPay's that leads to this machine, by /etc/hosts or a name server, is none of
 * UnionPay's.
 */
async function ownMachineProblems(
  settings: Settings,
  surroundings: Surroundings,
): Promise<string[]> {
  const hosts = hostsOf(settings, unionpay_names).filter(([, host]) => !isOwnMachine(host))
  return (await resolved(hosts, surroundings))
    .filter(({ addresses }) => addresses.some(isOwnMachine))
    .map(
      ({ name, host }) =>
        `${name} points at this machine (${host}); outside sandbox it must be UnionPay's address`,
    )
}

/**
 * Certificates, keys and plans of the sandbox or of UnionPay's tests. What cannot be read, its own
 * reader reports.
 */
function materialProblems(settings: Settings): string[] {
  const certificates: [string, () => Certificate[]][] = [
    ['ACP_ROOT_FILES', () => loadCertificates(settings.acp_root_files ?? [])],
    ['ACP_MIDDLE_FILES', () => loadCertificates(settings.acp_middle_files ?? [])],
    ...(settings.acp_merchants ?? []).map((entry): [string, () => Certificate[]] => {
      const { merchant, file } = readMerchantEntry(entry)
      return [
        `ACP_MERCHANTS ${merchant}`,
        () => (file ? [openPfxFile(file, readPassword(settings)).certificate] : []),
      ]
    }),
  ]
  const problems = certificates.flatMap(([name, read]) =>
    (readable(read) ?? [])
      .map(materialOf)
      .filter((material) => material === 'test' || material === 'sandbox')
      .map(
        (material) =>
          `${name} holds ${material} material; in production give UnionPay's production material`,
      ),
  )
  const { plans } = readable(() => readCatalogue(readFileSync(settings.plans_file, 'utf8'))) ?? {
    plans: [],
  }
  return plans.some(isExamplePlan)
    ? [
        ...problems,
        "PLANS_FILE holds the sandbox's example plans; give your own with UnionPay's plan_ids",
      ]
    : problems
}

function readable<Value>(read: () => Value): Value | null {
  try {
    return read()
  } catch {
    return null
  }
}
