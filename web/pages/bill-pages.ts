/** Both pages about bills, as one file: who opens the list opens a bill. */
export { default as BillPage } from './BillPage.vue'
export { default as BillsPage } from './BillsPage.vue'
