import { createApp } from 'vue'
import '../look/theme.css'
import '../look/sheet.css'
import SigningPage from './SigningPage.vue'

createApp(SigningPage).mount('#page')
