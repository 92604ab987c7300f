import { createRouter, createWebHashHistory } from 'vue-router'
import AuditPage from './pages/AuditPage.vue'
import ChargePage from './pages/ChargePage.vue'
import ContractPage from './pages/ContractPage.vue'
import KeysPage from './pages/KeysPage.vue'
import StatementsPage from './pages/StatementsPage.vue'
import PlanFormPage from './pages/PlanFormPage.vue'
import PlansPage from './pages/PlansPage.vue'
import SearchPage from './pages/SearchPage.vue'
import TodayPage from './pages/TodayPage.vue'
import WebhooksPage from './pages/WebhooksPage.vue'
import WorkPage from './pages/WorkPage.vue'

/** Every page has an address of its own, so that operators can share links. */
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
    { path: '/statements', component: StatementsPage },
    { path: '/webhooks', component: WebhooksPage },
    { path: '/plans', component: PlansPage },
    { path: '/plans/:id/form', component: PlanFormPage, props: true },
    { path: '/keys', component: KeysPage },
    { path: '/audit', component: AuditPage },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
})
