import { createApp } from 'vue'
import '../styles/tokens.css'
import './console.css'
import ConsoleApp from './ConsoleApp.vue'
import { keepFieldVisible } from './keep-field-visible.ts'
import { router } from './router.ts'

keepFieldVisible()
createApp(ConsoleApp).use(router).mount('#app')
