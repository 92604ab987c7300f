// Chrome 70 and iOS 12 lack `globalThis`, which libraries read
if (typeof globalThis === 'undefined') {
  Object.defineProperty(window, 'globalThis', { value: window })
}

// Chrome before 93 and iOS before 15.4 lack `Object.hasOwn`, which Pinia calls
Object.hasOwn ??= (object, key) => Object.prototype.hasOwnProperty.call(object, key)
