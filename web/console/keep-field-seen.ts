/** A keyboard on the screen shrinks what is seen: the field that is typed into is brought back into what is left. */
export function keepFieldSeen(): void {
  // in a browser without it the keyboard covers nothing that the browser does not scroll to by itself
  window.visualViewport?.addEventListener('resize', () => {
    const field = document.activeElement
    if (field instanceof HTMLInputElement) field.scrollIntoView({ block: 'center' })
  })
}
