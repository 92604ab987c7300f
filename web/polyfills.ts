// Chrome 70 and iOS 12 lack it, and libraries read it
if (typeof globalThis === 'undefined') {
  Object.defineProperty(window, 'globalThis', { value: window })
}
