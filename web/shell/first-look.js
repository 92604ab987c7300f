/*
 * Inlined into the head, so it runs before anything is painted. The server cannot see the route behind the hash: it delivers
 * the first page, and this hides it where another page or language is wanted, also when a link is tapped before the
 * scripts are there.
 */
;(function () {
  function kept(name) {
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

  function look() {
    if (!isHome() || kept('language') === 'en')
      document.documentElement.className =
        location.pathname === '/' ? 'elsewhere' : 'elsewhere returned'
    if (isHome()) return
    // the files of the inner pages come at the same time as the first script, not after it
    ahead('modulepreload', '', '__INNER_PAGES__')
    ahead('preload', 'style', '__INNER_STYLE__')
  }

  function ahead(rel, as, href) {
    var link = document.createElement('link')
    link.rel = rel
    if (as) link.as = as
    link.crossOrigin = '' // as the build's own loader asks for them, or they would be fetched twice
    link.href = href
    document.head.appendChild(link)
  }

  if (kept('size') === 'large') document.documentElement.setAttribute('data-size', 'large')
  look()
  addEventListener('hashchange', function () {
    // gone once the scripts have taken over
    if (document.getElementById('waiting')) look()
  })
})()
