import { createRouter, createWebHashHistory } from 'vue-router'
import AuditPage from './pages/AuditPage.vue'
import ChargePage from './pages/ChargePage.vue'
import ContractPage from './pages/ContractPage.vue'
import KeysPage from './pages/KeysPage.vue'
import MorningPage from './pages/MorningPage.vue'
import PlanFormPage from './pages/PlanFormPage.vue'
import PlansPage from './pages/PlansPage.vue'
import SearchPage from './pages/SearchPage.vue'
import TodayPage from './pages/TodayPage.vue'
import WebhooksPage from './pages/WebhooksPage.vue'
import WorkPage from './pages/WorkPage.vue'

/** Every page has an address, so that one operator can send it to another. */
export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', component: TodayPage },
    { path: '/work', component: WorkPage },
    {
      path: '/search',
      component: SearchPage,
      props: (route) => ({ q: String(route.query['q'] ?? '') }),
    },
    { path: '/charges/:id', component: ChargePage, props: true },
    { path: '/contracts/:id', component: ContractPage, props: true },
    { path: '/morning', component: MorningPage },
    { path: '/webhooks', component: WebhooksPage },
    { path: '/plans', component: PlansPage },
    { path: '/plans/:id/form', component: PlanFormPage, props: true },
    { path: '/keys', component: KeysPage },
    { path: '/audit', component: AuditPage },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
})
