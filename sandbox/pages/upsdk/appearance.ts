import type { Appearance } from '../bridge/messages.ts'

/**
 * Shows the page around this script as on a phone set to light or dark. A frame of another origin
 * follows the computer's setting, not its parent's; so this script rewrites the page's own
 * `prefers-color-scheme` rules. Only the sandbox's script does this.
 */
const written = new WeakMap<CSSMediaRule, string>()
let wanted: Appearance = 'system'
let watching = false

function answerRules(): void {
  for (const sheet of Array.from(document.styleSheets)) {
    for (const rule of rulesOf(sheet)) {
      if (!(rule instanceof CSSMediaRule)) continue
      const text = written.get(rule) ?? rule.media.mediaText
      if (!text.includes('prefers-color-scheme')) continue
      written.set(rule, text)
      rule.media.mediaText =
        wanted === 'system'
          ? text
          : text.includes('dark') === (wanted === 'dark')
            ? 'all'
            : 'not all'
    }
  }
}

/** Sheets of another origin cannot be read. */
function rulesOf(sheet: CSSStyleSheet): CSSRule[] {
  const own = sheet.href === null || sheet.href.startsWith(`${location.origin}/`)
  return own ? Array.from(sheet.cssRules) : []
}

export function showAppearance(appearance: Appearance): void {
  if (appearance === wanted) return
  wanted = appearance
  document.documentElement.style.colorScheme = wanted === 'system' ? '' : wanted
  answerRules()
  if (watching) return
  watching = true
  // styles that are added later are rewritten when they appear
  document.addEventListener('load', answerRules, true)
}
