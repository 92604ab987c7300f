import type { Plugin } from 'vite'

/**
 * The code that a dynamic import runs in the browser: it requests the file and its style sheets in
 * parallel and waits for both. Vite's own also handles nonces, legacy browsers and relative bases,
 * which this build does not need and the first file would carry.
 */
const source = `
export function __vitePreload(load, sheets) {
  return Promise.all([load()].concat((sheets || []).map(loadStyleSheet))).then((all) => all[0])
}
function loadStyleSheet(name) {
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
