import type { Plugin } from 'vite'

/**
 * What a dynamic import runs in the browser: asks for the file and its style sheets at once and waits for both. Vite's own does more than
 * this build needs (nonces, legacy browsers, relative bases), and all of it would be in the first file.
 */
const source = `
export function __vitePreload(read, sheets) {
  return Promise.all([read()].concat((sheets || []).map(whenThere))).then((all) => all[0])
}
function whenThere(name) {
  const href = '/' + name
  if (document.querySelector('link[rel="stylesheet"][href="' + href + '"]')) return
  return new Promise((resolve, reject) => {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.crossOrigin = ''
    link.href = href
    link.onload = resolve
    link.onerror = () => { link.remove(); reject(new Error('no style sheet ' + href)) }
    document.head.appendChild(link)
  })
}`

export function smallPreload(): Plugin {
  return {
    name: 'small-preload',
    apply: 'build',
    enforce: 'pre',
    load: (id) => (id.endsWith('vite/preload-helper.js') ? source : null),
  }
}
