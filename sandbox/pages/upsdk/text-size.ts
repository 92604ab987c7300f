/**
 * Shows the page around this script with the text size of the phone: lengths in `rem` grow, as with
 * a browser's own setting. A real WebView (textZoom) also enlarges text in `px`, which no page
 * script can imitate.
 */
export function showTextSize(text_scale: number): void {
  document.documentElement.style.fontSize = text_scale === 1 ? '' : `${100 * text_scale}%`
}
