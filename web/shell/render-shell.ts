import { createPinia } from 'pinia'
import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { createMemoryHistory } from 'vue-router'
import type { PublicFacts } from '../../server/api.ts'
import App from '../App.vue'
import { createPages } from '../router.ts'
import { useInitialState } from '../stores/initial-state.ts'
import WaitingPage from './WaitingPage.vue'

/**
 * Renders what the server puts into index.html: the home page with its plans, and a placeholder for
 * every other page.
 */
export async function renderShell(state: PublicFacts): Promise<{ home: string; waiting: string }> {
  const stores = createPinia()
  useInitialState(stores).state = state
  // links as the browser's hash routing writes them
  const pages = createPages(createMemoryHistory('/#'))
  await pages.push('/')
  const home = await renderToString(createSSRApp(App).use(stores).use(pages))
  return { home, waiting: await renderToString(createSSRApp(WaitingPage)) }
}
