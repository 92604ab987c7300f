// Chrome 70 lacks both; Pinia calls the first, and Vant and Vue read the second.
if (typeof Object.hasOwn !== 'function') {
  Object.defineProperty(Object, 'hasOwn', {
    value: (object: object, key: PropertyKey) => Object.prototype.hasOwnProperty.call(object, key),
  })
}
if (typeof globalThis === 'undefined') {
  Object.defineProperty(window, 'globalThis', { value: window })
}
