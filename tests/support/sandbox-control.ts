import type { Entry } from '../../sandbox/journal.ts'
import type { Notice } from '../../sandbox/notices/notices.ts'
import type { Probe } from '../../sandbox/notices/probe.ts'
import type { Rule, RuleView } from '../../sandbox/open-platform/rules.ts'
import type { Switches, SwitchesPatch } from '../../sandbox/switches.ts'
import type { NewUser, User, UserChange } from '../../sandbox/wallet/users.ts'
import type { contractView } from '../../sandbox/wallet/views.ts'
import { until } from './until.ts'

type ContractView = ReturnType<typeof contractView>
type ClockView = { now: string; offset_ms: number }

/**
 * The control API of a running sandbox, typed. A refused call throws with the sandbox's sentence.
 */
export function createControl(url: string) {
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${url}/_control${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    const value = (await answer.json()) as T & { message?: string }
    if (!answer.ok)
      throw new Error(`${method} ${path}: HTTP ${answer.status} ${value.message ?? ''}`)
    return value
  }
  const control = {
    state: () =>
      call<Record<string, unknown> & { clock: ClockView; settings: Switches; users: User[] }>(
        'GET',
        '/state',
      ),
    reset: (options: { clock?: boolean } = {}) => call('POST', '/reset', options),
    clock: () => call<ClockView>('GET', '/clock'),
    advance: (ms: number) => call<ClockView>('POST', '/clock', { advance_ms: ms }),
    setClock: (instant: Date) => call<ClockView>('POST', '/clock', { set: instant.toISOString() }),
    users: async () => (await call<{ users: User[] }>('GET', '/users')).users,
    addUser: (user: NewUser) => call<User>('POST', '/users', user),
    changeUser: (user_id: string, change: UserChange) =>
      call<User>('PATCH', `/users/${user_id}`, change),
    code: async (user_id: string, scope: string, plan_id?: string) =>
      (
        await call<{ code: string }>('POST', '/codes', {
          user_id,
          scope,
          ...(plan_id ? { plan_id } : {}),
        })
      ).code,
    contracts: async () =>
      (await call<{ contracts: ContractView[] }>('GET', '/contracts')).contracts,
    terminate: (contract_id: string, options: { force?: boolean } = {}) =>
      call('POST', `/contracts/${contract_id}/terminate`, options),
    change: (patch: SwitchesPatch) => call<Switches>('PATCH', '/settings', patch),
    rules: async () => (await call<{ rules: RuleView[] }>('GET', '/rules')).rules,
    addRule: async (rule: Rule) => (await call<{ id: string }>('POST', '/rules', rule)).id,
    replaceRules: (rules: Rule[]) => call('PUT', '/rules', rules),
    removeRule: (id: string) => call('DELETE', `/rules/${id}`),
    notices: async () => (await call<{ notices: Notice[] }>('GET', '/notices')).notices,
    probe: (probe: Probe) =>
      call<{ status: number | null; body: string; query: string }>('POST', '/notices', probe),
    noticeKey: async () =>
      (await call<{ notice_public_pem: string }>('GET', '/keys')).notice_public_pem,
    journal: async (after = 0) =>
      (await call<{ entries: Entry[] }>('GET', `/journal?after=${after}&limit=5000`)).entries,
    /** Waits until the journal has an entry like this. */
    journalEntry: (fits: (entry: Entry) => boolean) =>
      until('the journal entry', async () => (await control.journal()).find(fits)),
    setBridge: (table: Record<string, unknown>) => call('PUT', '/bridge', table),
  }
  return control
}

export type SandboxControl = ReturnType<typeof createControl>
