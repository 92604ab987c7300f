/** Small, harmless facts that outlive a page load. A wallet may forbid storage: then they live as long as the page. */
const memory = new Map<string, string>()

const name = (key: string) => `wugan.${key}`

function reach(kind: 'sessionStorage' | 'localStorage'): Storage | null {
  try {
    return window[kind]
  } catch {
    return null
  }
}

/** Whether it is there for the next page too. */
function write(
  kind: 'sessionStorage' | 'localStorage',
  key: string,
  value: string | null,
): boolean {
  if (value === null) memory.delete(key)
  else memory.set(key, value)
  try {
    if (value === null) reach(kind)?.removeItem(name(key))
    else reach(kind)?.setItem(name(key), value)
    return reach(kind) !== null
  } catch {
    // full or forbidden: the copy in memory serves this page
    return false
  }
}

/** Kept until the window closes; false where it lives as long as this page. Never a code, a ticket or anything else that opens a door by itself. */
export const keep = (key: string, value: string) => write('sessionStorage', key, value)

/** Kept on this phone. */
export const keepLasting = (key: string, value: string) => write('localStorage', key, value)

/** What this window holds now: a page that was kept in memory may have been overtaken by another one of the window. */
export const keptByWindow = (key: string): string | null =>
  fromWindow(key) ?? memory.get(key) ?? null

function fromWindow(key: string): string | null {
  try {
    return reach('sessionStorage')?.getItem(name(key)) ?? null
  } catch {
    return null
  }
}

export const forget = (key: string) => write('sessionStorage', key, null)

export function kept(key: string): string | null {
  return (
    memory.get(key) ??
    reach('sessionStorage')?.getItem(name(key)) ??
    reach('localStorage')?.getItem(name(key)) ??
    null
  )
}
