import { createApp } from 'vue'
import '../shared/theme.css'
import '../shared/sheet.css'
import OutLoginPage from './OutLoginPage.vue'

createApp(OutLoginPage).mount('#page')
