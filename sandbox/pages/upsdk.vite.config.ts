import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** upsdk.js is a classic script, as UnionPay's own is → dist/sandbox/upsdk.js */
export default defineConfig({
  root: here('.'),
  publicDir: false,
  build: {
    outDir: here('../../dist/sandbox'),
    emptyOutDir: false,
    target: 'chrome70',
    reportCompressedSize: false,
    lib: {
      entry: here('upsdk/upsdk.ts'),
      formats: ['iife'],
      name: 'sandboxUpsdk',
      fileName: () => 'upsdk.js',
    },
  },
})
