import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { compressAssets } from './web/build/compress-assets.ts'
import { inlineHead } from './web/build/inline-head.ts'
import { smallPreload } from './web/build/small-preload.ts'

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/**
 * The mini-app → dist/web, and, with `--ssr`, the same pages rendered by the server → dist/shell.
 * The oldest supported browser is the WebView of an Android phone that was never updated.
 */
export default defineConfig(({ isSsrBuild }) => ({
  root: path('.'),
  base: '/',
  publicDir: isSsrBuild ? false : 'web/public',
  plugins: [
    vue(),
    smallPreload(),
    ...(isSsrBuild
      ? []
      : [inlineHead(path('web/shell/before-paint.js')), compressAssets(path('dist/web'))]),
  ],
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
  },
  // one self-contained file, independent of the Vue that the server has installed
  ssr: { noExternal: true },
  build: {
    outDir: path(isSsrBuild ? 'dist/shell' : 'dist/web'),
    emptyOutDir: true,
    target: isSsrBuild ? 'node24' : 'chrome70',
    cssTarget: ['chrome70', 'ios12'],
    // one style sheet for the home page, inlined, and one for all others
    cssCodeSplit: true,
    // before-paint.js preloads what is needed; the polyfill and the list of files would weigh more
    // than they save
    modulePreload: false,
    // no data: URLs, which the content security policy would have to allow
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': process.env['PUBLIC_URL'] ?? 'http://localhost:4600' } },
}))
