import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))
const head =
  '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>floor</title></head>'

/**
 * The lower bound for any page: a page of text, and Vue with one line of text. Served compressed,
 * assets immutable.
 */
export async function serveFloors(): Promise<{
  static_url: string
  vue_url: string
  close(): Promise<void>
}> {
  const folder = await mkdtemp(join(tmpdir(), 'wugan-floor-'))
  await writeFile(
    join(folder, 'index.html'),
    `${head}<body><div id="app"></div><script type="module" src="/main.js"></script></body></html>`,
  )
  await writeFile(
    join(folder, 'main.js'),
    `import { createApp, h } from 'vue'\ncreateApp({ render: () => h('h1', '签约一次，之后自动付款') }).mount('#app')\nperformance.mark('ready')\n`,
  )
  await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    define: {
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      'process.env.NODE_ENV': '"production"',
    },
    resolve: { alias: { vue: join(root, 'node_modules/vue/dist/vue.runtime.esm-bundler.js') } },
    build: { outDir: join(folder, 'dist'), target: 'chrome70', reportCompressedSize: false },
  })
  const files = new Map<string, { body: Buffer; type: string }>()
  const put = (path: string, text: Buffer, type: string): void =>
    void files.set(path, { body: brotliCompressSync(text), type })
  put(
    '/static',
    Buffer.from(`${head}<body><h1>签约一次，之后自动付款</h1></body></html>`),
    'text/html; charset=utf-8',
  )
  put('/vue', await readFile(join(folder, 'dist/index.html')), 'text/html; charset=utf-8')
  for (const name of await readdir(join(folder, 'dist/assets')))
    put(`/assets/${name}`, await readFile(join(folder, 'dist/assets', name)), 'text/javascript')
  await rm(folder, { recursive: true, force: true })
  const server = createServer((request, response) => {
    const file = files.get(request.url ?? '')
    if (!file) return void response.writeHead(404).end()
    response
      .writeHead(200, {
        'content-type': file.type,
        'content-encoding': 'br',
        'cache-control': request.url?.startsWith('/assets/')
          ? 'public, max-age=31536000, immutable'
          : 'no-cache',
      })
      .end(file.body)
  })
  await new Promise<void>((resolve) => void server.listen(0, 'localhost', resolve))
  const address = server.address()
  const url = `http://localhost:${typeof address === 'object' && address ? address.port : 0}`
  return {
    static_url: `${url}/static`,
    vue_url: `${url}/vue`,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  }
}
