import { createRouter, createWebHashHistory, type RouteRecordRaw } from 'vue-router'
import AgreementPage from './pages/AgreementPage.vue'
import ArrivingPage from './pages/ArrivingPage.vue'
import BlockedPage from './pages/BlockedPage.vue'
import ContractPage from './pages/ContractPage.vue'
import ContractsPage from './pages/ContractsPage.vue'
import EndContractPage from './pages/EndContractPage.vue'
import HomePage from './pages/HomePage.vue'
import NotFoundPage from './pages/NotFoundPage.vue'
import OldAppPage from './pages/OldAppPage.vue'
import OutsidePage from './pages/OutsidePage.vue'
import PlanPage from './pages/PlanPage.vue'
import PrivacyPage from './pages/PrivacyPage.vue'
import ProblemPage from './pages/ProblemPage.vue'
import SignInPage from './pages/SignInPage.vue'
import SigningPage from './pages/SigningPage.vue'
import type { Words } from './text/zh/index.ts'

declare module 'vue-router' {
  interface RouteMeta {
    title: (words: Words) => string
  }
}

/** A file of its own: nobody waits for it on the first page. */
const readLaterPages = () => import('./pages/later-pages.ts')

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: HomePage, meta: { title: (words) => words.plans.home.page } },
  { path: '/plans/:plan_id', name: 'plan', component: PlanPage, props: true, meta: { title: (words) => words.plans.page } },
  { path: '/plans/:plan_id/agreement', name: 'agreement', component: AgreementPage, props: true, meta: { title: (words) => words.legal.agreementPage } },
  { path: '/privacy', name: 'privacy', component: PrivacyPage, meta: { title: (words) => words.legal.privacyPage } },
  { path: '/privacy/mine', name: 'my-records', component: async () => (await readLaterPages()).MyRecordsPage, meta: { title: (words) => words.legal.mine.page } },
  { path: '/signings/:signing_id', name: 'signing', component: SigningPage, props: true, meta: { title: (words) => words.signings.page } },
  { path: '/contracts', name: 'contracts', component: ContractsPage, meta: { title: (words) => words.contracts.page } },
  { path: '/contracts/:id', name: 'contract', component: ContractPage, props: true, meta: { title: (words) => words.contracts.detailPage } },
  { path: '/contracts/:id/end', name: 'end-contract', component: EndContractPage, props: true, meta: { title: (words) => words.contracts.end.action } },
  { path: '/bills', name: 'bills', component: () => readLaterPages().then((pages) => pages.BillsPage), meta: { title: (words) => words.bills.page } },
  { path: '/bills/:order_id', name: 'bill', component: () => readLaterPages().then((pages) => pages.BillPage), props: true, meta: { title: (words) => words.bills.detailPage } },
  { path: '/sign-in', name: 'sign-in', component: SignInPage, meta: { title: (words) => words.notices.signIn.page } },
  { path: '/arriving', name: 'arriving', component: ArrivingPage, meta: { title: (words) => words.signings.page } },
  { path: '/outside', name: 'outside', component: OutsidePage, meta: { title: (words) => words.notices.outside.page } },
  { path: '/blocked', name: 'blocked', component: BlockedPage, meta: { title: (words) => words.notices.blocked.page } },
  { path: '/old-app', name: 'old-app', component: OldAppPage, meta: { title: (words) => words.notices.oldApp.page } },
  { path: '/problem', name: 'problem', component: ProblemPage, meta: { title: (words) => words.notices.problem.page } },
  { path: '/:rest(.*)*', name: 'not-found', component: NotFoundPage, meta: { title: (words) => words.notices.notFound.page } },
]

/** Hash routing: the address that UnionPay signs and compares never changes while the person moves around. */
export const router = createRouter({
  history: createWebHashHistory('/'),
  routes,
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})
