import { upsdkOf, type Upsdk } from './upsdk.ts'

const LOAD_DEADLINE_MS = 8_000

/**
 * Loads upsdk.js from UnionPay's address as a classic script, because it derives the address of its
 * bridge file from its own tag. Null when it was blocked, timed out, or threw while loading.
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
