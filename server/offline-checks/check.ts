/**
 * One line of the list. `todo`: what to do about it; null when it is well. `stops`: no server
 * starts with it.
 */
export type Check = {
  area: string
  what: string
  state: 'ok' | 'warn' | 'fail'
  todo: string | null
  stops?: true
}

export const ok = (area: string, what: string): Check => ({ area, what, state: 'ok', todo: null })
export const warn = (area: string, what: string, todo: string): Check => ({
  area,
  what,
  state: 'warn',
  todo,
})
export const fail = (area: string, what: string, todo: string): Check => ({
  area,
  what,
  state: 'fail',
  todo,
})

/**
 * A failure that waiting did not bring and waiting does not mend: the server does not start with
 * it.
 */
export const stop = (area: string, what: string, todo: string): Check => ({
  ...fail(area, what, todo),
  stops: true,
})

/** In production a failure, before it a warning. */
export const lack = (production: boolean, area: string, what: string, todo: string): Check =>
  (production ? fail : warn)(area, what, todo)

/** The one line that says what was thrown. */
export const sentenceOf = (error: unknown): string => {
  const { message, cause } = error as Error & { cause?: { code?: string; message?: string } }
  return cause?.code ?? cause?.message ?? message
}
