import { createApp } from 'vue'
import '../shared/theme.css'
import '../shared/sheet.css'
import OauthPage from './OauthPage.vue'

createApp(OauthPage).mount('#page')
