import { createApp } from 'vue'
import '../shared/theme.css'
import './controls.css'
import WalletPage from './WalletPage.vue'

createApp(WalletPage).mount('#page')
