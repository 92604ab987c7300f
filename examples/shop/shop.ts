/**
 * What a customer agreed to for one plan, as the shop keeps it: the numbers that signing gave it.
 */
export type Agreement = { contract_id: string; contract_code: string; status: string }

/** What the shop is given by the program that runs it. */
export type Shop = {
  /** the merchant server that it charges through */
  server_url: string
  /** holds its API key; read at each call, since it may be made after the shop started */
  key_file: string | null
  /** the customer's agreement: the signed one, else the last one ended */
  findAgreement(request: ShopRequest, plan_id: string): Agreement | null
  clock: {
    now(): Date
    /** resolves once the merchant server reads the same time */
    untilServerFollows(): Promise<void>
    /** real time, by which webhooks are signed */
    realMs(): number
  }
  /** single values that outlive a restart */
  values: { read(name: string): string | null; write(name: string, value: string): void }
  log(entry: LogEntry): void
}

export type ShopRequest = { cookies: Record<string, string | undefined> }

/** A message that the shop sent or received. */
export type LogEntry = {
  direction: 'in' | 'out'
  summary: string
  duration_ms?: number
  request: { method: string; url: string; headers: unknown; body: unknown }
  response: { status: number; body: unknown }
}
