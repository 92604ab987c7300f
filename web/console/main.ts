import { createApp } from 'vue'
import '../look/tokens.css'
import './look.css'
import ConsoleApp from './ConsoleApp.vue'
import { router } from './router.ts'

createApp(ConsoleApp).use(router).mount('#app')
