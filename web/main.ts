// first of all imports: it takes codes and tickets out of the address before anything can see them
import { takeArrival } from './arrival/take-arrival.ts'
import './polyfills.ts'
import './look/vant.ts'
import './look/tokens.css'
import './look/page.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { handleArrival } from './arrival/handle-arrival.ts'
import { router } from './router.ts'
import { useSize } from './stores/size.ts'
import { useWallet } from './stores/wallet.ts'
import { restoreLanguage } from './text/text.ts'

const app = createApp(App)
app.use(createPinia())
app.use(router)
void handleArrival(takeArrival(), router)
useSize().restore()
void restoreLanguage().then(() => app.mount('#app'))
void useWallet().whenFound()
