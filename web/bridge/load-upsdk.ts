import { upsdkOf, type Upsdk } from './upsdk.ts'

const LOAD_DEADLINE_MS = 8_000

/**
 * Loads upsdk.js from its own address as a classic script: the script derives its bridge file from the tag it
 * came in. Null when it was blocked, late, or threw while loading.
 */
export function loadUpsdk(url: string): Promise<Upsdk | null> {
  return new Promise((resolve) => {
    const script = document.createElement('script')
    const deadline = setTimeout(() => resolve(null), LOAD_DEADLINE_MS)
    const settle = () => {
      clearTimeout(deadline)
      resolve(upsdkOf(window))
    }
    script.addEventListener('load', settle)
    script.addEventListener('error', settle)
    script.src = url
    document.head.appendChild(script)
  })
}
