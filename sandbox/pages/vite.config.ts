import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * The five pages of the sandbox → dist/sandbox/*.html. Run before upsdk.vite.config.ts: it empties
 * the folder.
 */
export default defineConfig({
  root: here('.'),
  base: '/',
  publicDir: false,
  plugins: [vue()],
  build: {
    outDir: here('../../dist/sandbox'),
    emptyOutDir: true,
    // the web views of the protocol document begin at Chrome 78; see protocol, "Webview facts"
    target: 'chrome70',
    reportCompressedSize: false,
    rolldownOptions: {
      input: ['wallet', 'signing', 'oauth', 'out-login', 'native-app'].map((page) =>
        here(`${page}.html`),
      ),
    },
  },
})
