import type { Appearance } from '../bridge/messages.ts'

/**
 * Shows the page around this script as a phone set to light or dark would. A frame of another origin follows the computer, whatever
 * its parent says; so the page's own rules about `prefers-color-scheme` are answered here. Only the sandbox's script does this.
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

/** Rules of a sheet of another origin are not ours to read. */
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
  // styles that come later are answered when they are there
  document.addEventListener('load', answerRules, true)
}
