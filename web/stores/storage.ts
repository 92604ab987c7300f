/**
 * Small values that outlive a page load. A wallet may forbid storage; the values then live as long
 * as the page. Never store a code, a ticket or anything else that grants access by itself.
 */
const memory = new Map<string, string>()

type Area = 'sessionStorage' | 'localStorage'

const nameOf = (key: string) => `wugan.${key}`

function areaOf(area: Area): Storage | null {
  try {
    return window[area]
  } catch {
    return null
  }
}

/** True when the value will be there for the next page too. */
function write(area: Area, key: string, value: string | null): boolean {
  if (value === null) memory.delete(key)
  else memory.set(key, value)
  try {
    if (value === null) areaOf(area)?.removeItem(nameOf(key))
    else areaOf(area)?.setItem(nameOf(key), value)
    return areaOf(area) !== null
  } catch {
    // full or forbidden: the copy in memory serves this page
    return false
  }
}

function readSession(key: string): string | null {
  try {
    return areaOf('sessionStorage')?.getItem(nameOf(key)) ?? null
  } catch {
    return null
  }
}

export const storage = {
  get: (key: string): string | null =>
    memory.get(key) ??
    areaOf('sessionStorage')?.getItem(nameOf(key)) ??
    areaOf('localStorage')?.getItem(nameOf(key)) ??
    null,

  /**
   * Prefers what another page of this window stored since: a page restored from the back-forward
   * cache has an old copy.
   */
  getFresh: (key: string): string | null => readSession(key) ?? memory.get(key) ?? null,

  /** Stores until the window closes. False where the value lives only as long as this page. */
  set: (key: string, value: string): boolean => write('sessionStorage', key, value),

  /** Stores on this phone. */
  setPersistent: (key: string, value: string): boolean => write('localStorage', key, value),

  remove: (key: string): boolean => write('sessionStorage', key, null),
}

/** A stored JSON record; null where there is none, or where it is not JSON. */
export function parseRecord(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null') as unknown
  } catch {
    return null
  }
}
