import { createApp } from 'vue'
import '../shared/theme.css'
import './metro.css'
import NativeAppPage from './NativeAppPage.vue'

createApp(NativeAppPage).mount('#page')
