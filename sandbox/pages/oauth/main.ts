import { createApp } from 'vue'
import '../look/theme.css'
import '../look/sheet.css'
import OauthPage from './OauthPage.vue'

createApp(OauthPage).mount('#page')
