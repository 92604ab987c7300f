import { createPinia } from 'pinia'
import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { createMemoryHistory } from 'vue-router'
import type { PublicFacts } from '../../server/api.ts'
import App from '../App.vue'
import { createPages } from '../router.ts'
import { useFacts } from '../stores/facts.ts'
import WaitingPage from './WaitingPage.vue'

/** What the server lays into index.html: the first page with its plans, and a waiting shape for every other page. */
export async function renderShell(facts: PublicFacts): Promise<{ home: string; waiting: string }> {
  const stores = createPinia()
  useFacts(stores).facts = facts
  // links as the browser's hash routing writes them
  const pages = createPages(createMemoryHistory('/#'))
  await pages.push('/')
  const home = await renderToString(createSSRApp(App).use(stores).use(pages))
  return { home, waiting: await renderToString(createSSRApp(WaitingPage)) }
}
