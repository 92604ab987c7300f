import { createApp } from 'vue'
import '../shared/theme.css'
import '../shared/sheet.css'
import SigningPage from './SigningPage.vue'

createApp(SigningPage).mount('#page')
