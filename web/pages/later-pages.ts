/** What is not needed to sign, as one file that comes when it is first asked for: more files would share parts and cost more requests. */
export { default as BillPage } from './BillPage.vue'
export { default as BillsPage } from './BillsPage.vue'
export { default as MyRecordsPage } from './MyRecordsPage.vue'
