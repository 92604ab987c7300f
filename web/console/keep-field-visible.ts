/** Scrolls the focused field back into view when an on-screen keyboard shrinks the visible area. */
export function keepFieldVisible(): void {
  // a browser without visualViewport scrolls to the field by itself
  window.visualViewport?.addEventListener('resize', () => {
    const field = document.activeElement
    if (field instanceof HTMLInputElement) field.scrollIntoView({ block: 'center' })
  })
}
