/*
 * Inlined into the head, so it runs before the first paint. The server cannot see the route
 * behind the hash: it delivers the home page. This script hides it where another page or
 * language is wanted, also when a link is tapped before the app has loaded.
 */
;(function () {
  function stored(name) {
    try {
      return localStorage.getItem('wugan.' + name)
    } catch {
      return null
    }
  }

  function isHome() {
    var route = location.hash.replace(/^#/, '').split('?')[0]
    return (
      location.pathname === '/' &&
      (route === '' || route === '/') &&
      !/[?&#]ticket=/.test(location.href)
    )
  }

  function apply() {
    if (!isHome() || stored('language') === 'en')
      document.documentElement.className =
        location.pathname === '/' ? 'elsewhere' : 'elsewhere returned'
    if (isHome()) return
    // load the files of the inner pages in parallel with the first script
    preload('modulepreload', '', '__INNER_PAGES__')
    preload('preload', 'style', '__INNER_STYLE__')
  }

  function preload(rel, as, href) {
    var link = document.createElement('link')
    link.rel = rel
    if (as) link.as = as
    link.crossOrigin = '' // as the build's own loader requests them, or the browser would fetch them twice
    link.href = href
    document.head.appendChild(link)
  }

  if (stored('size') === 'large') document.documentElement.setAttribute('data-size', 'large')
  apply()
  addEventListener('hashchange', function () {
    // the placeholder is gone once the app has rendered
    if (document.getElementById('waiting')) apply()
  })
})()
