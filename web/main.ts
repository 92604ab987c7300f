// the first import: it removes codes and tickets from the address before other code can see them
import { takeArrival } from './arrival/take-arrival.ts'
import './polyfills.ts'
import './styles/tokens.css'
import './styles/page.css'
import { createPinia, setActivePinia } from 'pinia'
import { createApp, createSSRApp } from 'vue'
import { createWebHashHistory } from 'vue-router'
import App from './App.vue'
import { loadInnerPages } from './pages/load-inner-pages.ts'
import { createPages } from './router.ts'
import { readInitialState, removePlaceholder, showsHomePage } from './shell/initial-state.ts'
import { whenFirstPageReady } from './shell/first-page.ts'
import { followEarlyNavigation } from './shell/follow-early-navigation.ts'
import { useInitialState } from './stores/initial-state.ts'
import { useSize } from './stores/size.ts'
import { useWallet } from './stores/wallet.ts'
import { restoreLanguage } from './text/language.ts'

// well after the first load, and in time for the first tap
const PRELOAD_DELAY_MS = 2_500

async function open(): Promise<void> {
  const stores = createPinia()
  setActivePinia(stores) // stores are used before the app exists
  const initial = useInitialState()
  initial.state = readInitialState()
  // the app hydrates the delivered home page; any other page is rendered from scratch
  const hydrates = initial.state !== null && showsHomePage()
  const app = (hydrates ? createSSRApp : createApp)(App)
  const pages = createPages(createWebHashHistory('/'))
  followEarlyNavigation(pages)
  const first_page = whenFirstPageReady(pages)
  app.use(stores)
  app.use(pages)
  // without the inner pages there is nothing to arrive at, and the first page reports that
  const arrived = hydrates
    ? null
    : loadInnerPages().then(
        ({ handleArrival }) => void handleArrival(takeArrival(), pages),
        () => null,
      )
  await Promise.all([restoreLanguage(), arrived, first_page])
  app.mount('#app')
  removePlaceholder()
  performance.mark('ready')
  // after mounting, because hydration needs the texts of the delivered page; before-paint.js has
  // set the size already
  useSize().restore()
  void useWallet().whenFound()
  setTimeout(() => void loadInnerPages(), PRELOAD_DELAY_MS)
}

void open()
