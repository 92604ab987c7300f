import { createRouter, type Router, type RouterHistory, type RouteRecordRaw } from 'vue-router'
import HomePage from './pages/HomePage.vue'
import LoadFailedPage from './pages/LoadFailedPage.vue'
import { loadInnerPages, type InnerPages } from './pages/load-inner-pages.ts'
import type { Messages } from './text/zh/index.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** the title of an inner page; App.vue has the title of the home page */
    title?: (messages: Messages) => string
  }
}

const inner =
  (name: Exclude<keyof InnerPages, 'FaultNotice' | 'handleArrival' | 'useMessages'>) => () =>
    loadInnerPages().then((pages) => pages[name])

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: HomePage },
  {
    path: '/plans/:plan_id',
    name: 'plan',
    component: inner('PlanPage'),
    props: true,
    meta: { title: (messages) => messages.plans.page },
  },
  {
    path: '/plans/:plan_id/agreement',
    name: 'agreement',
    component: inner('AgreementPage'),
    props: true,
    meta: { title: (messages) => messages.legal.agreementPage },
  },
  {
    path: '/privacy',
    name: 'privacy',
    component: inner('PrivacyPage'),
    meta: { title: (messages) => messages.legal.privacyPage },
  },
  {
    path: '/privacy/mine',
    name: 'my-records',
    component: inner('MyRecordsPage'),
    meta: { title: (messages) => messages.legal.mine.page },
  },
  {
    path: '/signings/:signing_id',
    name: 'signing',
    component: inner('SigningPage'),
    props: true,
    meta: { title: (messages) => messages.signings.page },
  },
  {
    path: '/contracts',
    name: 'contracts',
    component: inner('ContractsPage'),
    meta: { title: (messages) => messages.contracts.page },
  },
  {
    path: '/contracts/:id',
    name: 'contract',
    component: inner('ContractPage'),
    props: true,
    meta: { title: (messages) => messages.contracts.detailPage },
  },
  {
    path: '/contracts/:id/end',
    name: 'end-contract',
    component: inner('EndContractPage'),
    props: true,
    meta: { title: (messages) => messages.contracts.end.action },
  },
  {
    path: '/bills',
    name: 'bills',
    component: inner('BillsPage'),
    meta: { title: (messages) => messages.bills.page },
  },
  {
    path: '/bills/:order_id',
    name: 'bill',
    component: inner('BillPage'),
    props: true,
    meta: { title: (messages) => messages.bills.detailPage },
  },
  { path: '/missing', name: 'missing', component: LoadFailedPage },
  {
    path: '/sign-in',
    name: 'sign-in',
    component: inner('SignInPage'),
    meta: { title: (messages) => messages.notices.signIn.page },
  },
  {
    path: '/signed-out',
    name: 'signed-out',
    component: inner('SignedOutPage'),
    meta: { title: (messages) => messages.notices.signOut.page },
  },
  {
    path: '/arriving',
    name: 'arriving',
    component: inner('ArrivingPage'),
    meta: { title: (messages) => messages.signings.page },
  },
  {
    path: '/outside',
    name: 'outside',
    component: inner('OutsidePage'),
    meta: { title: (messages) => messages.notices.outside.page },
  },
  {
    path: '/blocked',
    name: 'blocked',
    component: inner('BlockedPage'),
    meta: { title: (messages) => messages.notices.blocked.page },
  },
  {
    path: '/old-app',
    name: 'old-app',
    component: inner('OldAppPage'),
    meta: { title: (messages) => messages.notices.oldApp.page },
  },
  {
    path: '/problem',
    name: 'problem',
    component: inner('ProblemPage'),
    meta: { title: (messages) => messages.notices.problem.page },
  },
  {
    path: '/:rest(.*)*',
    name: 'not-found',
    component: inner('NotFoundPage'),
    meta: { title: (messages) => messages.notices.notFound.page },
  },
]

/**
 * The browser uses hash routing, so that the address that UnionPay signs and compares stays the
 * same on every page.
 */
export const createPages = (history: RouterHistory): Router =>
  createRouter({
    history,
    routes,
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  })
