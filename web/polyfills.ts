// Chrome 70 and iOS 12 lack it, and libraries read it
if (typeof globalThis === 'undefined') {
  Object.defineProperty(window, 'globalThis', { value: window })
}

// Chrome before 93 and iOS before 15.4 lack it, and Pinia calls it
Object.hasOwn ??= (object, key) => Object.prototype.hasOwnProperty.call(object, key)
