// first of all imports: it takes codes and tickets out of the address before anything can see them
import { takeArrival } from './arrival/take-arrival.ts'
import './polyfills.ts'
import './styles/tokens.css'
import './styles/page.css'
import { createPinia, setActivePinia } from 'pinia'
import { createApp, createSSRApp } from 'vue'
import { createWebHashHistory } from 'vue-router'
import App from './App.vue'
import { readInnerPages } from './pages/read-inner-pages.ts'
import { createPages } from './router.ts'
import { endWaiting, readFacts, showsHome } from './shell/delivered.ts'
import { firstPageOf } from './shell/first-page.ts'
import { followEarlyMoves } from './shell/follow-early-moves.ts'
import { useFacts } from './stores/facts.ts'
import { useSize } from './stores/size.ts'
import { useWallet } from './stores/wallet.ts'
import { restoreLanguage } from './text/language.ts'

// long after the first load is over, and in time for the first tap
const READ_AHEAD_MS = 2_500

async function open(): Promise<void> {
  const stores = createPinia()
  setActivePinia(stores) // stores are used before there is an app
  const facts = useFacts()
  facts.facts = readFacts()
  // the page that was delivered is taken over as it stands; where another one is wanted, it is drawn anew
  const taken_over = facts.facts !== null && showsHome()
  const app = (taken_over ? createSSRApp : createApp)(App)
  const pages = createPages(createWebHashHistory('/'))
  followEarlyMoves(pages)
  const first_page = firstPageOf(pages)
  app.use(stores)
  app.use(pages)
  // without the inner pages there is nothing to arrive at, and the first page says so
  const arrived = taken_over
    ? null
    : readInnerPages().then(
        ({ handleArrival }) => void handleArrival(takeArrival(), pages),
        () => null,
      )
  await Promise.all([restoreLanguage(), arrived, first_page])
  app.mount('#app')
  endWaiting()
  performance.mark('ready')
  // its styles are there already (first-look.js); what it says must not differ from what was delivered
  useSize().restore()
  void useWallet().whenFound()
  setTimeout(() => void readInnerPages(), READ_AHEAD_MS)
}

void open()
