import { createRouter, type Router, type RouterHistory, type RouteRecordRaw } from 'vue-router'
import HomePage from './pages/HomePage.vue'
import MissingPage from './pages/MissingPage.vue'
import { readInnerPages, type InnerPages } from './pages/read-inner-pages.ts'
import type { Words } from './text/zh/index.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** of an inner page; the first page has its own */
    title?: (words: Words) => string
  }
}

const inner =
  (name: Exclude<keyof InnerPages, 'FaultNotice' | 'handleArrival' | 'useText'>) => () =>
    readInnerPages().then((pages) => pages[name])

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: HomePage },
  {
    path: '/plans/:plan_id',
    name: 'plan',
    component: inner('PlanPage'),
    props: true,
    meta: { title: (words) => words.plans.page },
  },
  {
    path: '/plans/:plan_id/agreement',
    name: 'agreement',
    component: inner('AgreementPage'),
    props: true,
    meta: { title: (words) => words.legal.agreementPage },
  },
  {
    path: '/privacy',
    name: 'privacy',
    component: inner('PrivacyPage'),
    meta: { title: (words) => words.legal.privacyPage },
  },
  {
    path: '/privacy/mine',
    name: 'my-records',
    component: inner('MyRecordsPage'),
    meta: { title: (words) => words.legal.mine.page },
  },
  {
    path: '/signings/:signing_id',
    name: 'signing',
    component: inner('SigningPage'),
    props: true,
    meta: { title: (words) => words.signings.page },
  },
  {
    path: '/contracts',
    name: 'contracts',
    component: inner('ContractsPage'),
    meta: { title: (words) => words.contracts.page },
  },
  {
    path: '/contracts/:id',
    name: 'contract',
    component: inner('ContractPage'),
    props: true,
    meta: { title: (words) => words.contracts.detailPage },
  },
  {
    path: '/contracts/:id/end',
    name: 'end-contract',
    component: inner('EndContractPage'),
    props: true,
    meta: { title: (words) => words.contracts.end.action },
  },
  {
    path: '/bills',
    name: 'bills',
    component: inner('BillsPage'),
    meta: { title: (words) => words.bills.page },
  },
  {
    path: '/bills/:order_id',
    name: 'bill',
    component: inner('BillPage'),
    props: true,
    meta: { title: (words) => words.bills.detailPage },
  },
  { path: '/missing', name: 'missing', component: MissingPage },
  {
    path: '/sign-in',
    name: 'sign-in',
    component: inner('SignInPage'),
    meta: { title: (words) => words.notices.signIn.page },
  },
  {
    path: '/signed-out',
    name: 'signed-out',
    component: inner('SignedOutPage'),
    meta: { title: (words) => words.notices.signOut.page },
  },
  {
    path: '/arriving',
    name: 'arriving',
    component: inner('ArrivingPage'),
    meta: { title: (words) => words.signings.page },
  },
  {
    path: '/outside',
    name: 'outside',
    component: inner('OutsidePage'),
    meta: { title: (words) => words.notices.outside.page },
  },
  {
    path: '/blocked',
    name: 'blocked',
    component: inner('BlockedPage'),
    meta: { title: (words) => words.notices.blocked.page },
  },
  {
    path: '/old-app',
    name: 'old-app',
    component: inner('OldAppPage'),
    meta: { title: (words) => words.notices.oldApp.page },
  },
  {
    path: '/problem',
    name: 'problem',
    component: inner('ProblemPage'),
    meta: { title: (words) => words.notices.problem.page },
  },
  {
    path: '/:rest(.*)*',
    name: 'not-found',
    component: inner('NotFoundPage'),
    meta: { title: (words) => words.notices.notFound.page },
  },
]

/** In the browser with hash routing: the address that UnionPay signs and compares never changes while the person moves around. */
export const createPages = (history: RouterHistory): Router =>
  createRouter({
    history,
    routes,
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  })
