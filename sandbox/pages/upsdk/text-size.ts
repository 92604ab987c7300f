/**
 * Shows the page around this script with the text size of the phone: what is measured in `rem` grows, as with a browser's own setting.
 * A real WebView (textZoom) makes text in `px` grow too, which no script of a page can imitate.
 */
export function showTextSize(text_scale: number): void {
  document.documentElement.style.fontSize = text_scale === 1 ? '' : `${100 * text_scale}%`
}
