import { createApp } from 'vue'
import '../look/theme.css'
import '../look/sheet.css'
import OutLoginPage from './OutLoginPage.vue'

createApp(OutLoginPage).mount('#page')
