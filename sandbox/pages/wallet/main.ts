import { createApp } from 'vue'
import '../look/theme.css'
import './controls.css'
import WalletPage from './WalletPage.vue'

createApp(WalletPage).mount('#page')
