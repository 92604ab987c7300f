/* Runs only in browsers without modules, so it uses the oldest syntax. */
;(function () {
  var page = document.getElementById('app')
  if (!page) return
  page.innerHTML =
    '<main style="padding:48px 24px;font:18px/1.6 sans-serif;text-align:center">' +
    '<h1 style="font-size:22px">请更新云闪付 App</h1>' +
    '<p>你手机上的版本太旧，无法显示此页面。请在应用商店更新云闪付 App，并更新系统自带的 WebView 后再打开。</p></main>'
})()
