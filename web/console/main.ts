import { createApp } from 'vue'
import '../styles/tokens.css'
import './console.css'
import ConsoleApp from './ConsoleApp.vue'
import { keepFieldSeen } from './keep-field-seen.ts'
import { router } from './router.ts'

keepFieldSeen()
createApp(ConsoleApp).use(router).mount('#app')
