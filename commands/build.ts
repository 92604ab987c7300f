import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { currentDigest, isUpToDate, markBuilt, type Built } from './parts/sources-digest.ts'

const path = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url))
const shared = ['package-lock.json', 'commands/build.ts']

type Build = Built & { name: string; make(): Promise<void> }

const builds: Build[] = [
  {
    name: 'mini-app',
    result: 'dist/web',
    sources: [
      ...shared,
      'index.html',
      'vite.config.ts',
      'web',
      'server/api.ts',
      'server/error-codes.ts',
    ],
    make: () => buildWithVite(),
  },
  {
    name: 'first page as the server draws it',
    result: 'dist/shell',
    sources: [...shared, 'vite.config.ts', 'web', 'server/api.ts', 'server/error-codes.ts'],
    make: () => buildWithVite('web/shell/render-shell.ts'),
  },
  {
    name: 'console',
    result: 'dist/console',
    sources: [...shared, 'web', 'server/api.ts', 'server/api-console.ts', 'server/error-codes.ts'],
    make: async () =>
      void (await (
        await import('vite')
      ).build({ configFile: path('web/console/vite.config.ts'), logLevel: 'warn' })),
  },
  {
    name: 'sandbox pages',
    result: 'dist/sandbox',
    sources: [...shared, 'sandbox/pages'],
    make: async () => (await import('../sandbox/pages/build.ts')).buildSandboxPages(),
  },
]

async function buildWithVite(drawn_by_server?: string): Promise<void> {
  const { build: run } = await import('vite')
  await run({
    configFile: path('vite.config.ts'),
    logLevel: 'warn',
    build: drawn_by_server ? { ssr: path(drawn_by_server) } : {},
  })
}

/**
 * A test that builds must get what people get: under its own NODE_ENV Vite would pack Vue's
 * development build.
 */
async function asProduction(work: () => Promise<void>): Promise<void> {
  const before = process.env.NODE_ENV
  process.env.NODE_ENV = 'production'
  try {
    await work()
  } finally {
    if (before === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = before
  }
}

/**
 * Builds the mini-app and the sandbox's pages where their sources changed, or all of it. Says what
 * it does.
 */
export async function buildPages(options: { all: boolean } = { all: false }): Promise<void> {
  for (const build of builds) {
    if (!options.all && isUpToDate(build)) continue
    if (!canBuild()) {
      if (existsSync(path(build.result))) continue // an install without development dependencies runs what was built before
      throw new Error(
        `${build.result} is not built, and what builds it is not installed: with NODE_ENV=production, or --omit=dev, \`npm ci\` leaves development dependencies out. Run \`npm ci --include=dev && npm run build\`.`,
      )
    }
    const digest = currentDigest(build)
    const begun = performance.now()
    await asProduction(build.make)
    markBuilt(build, digest)
    console.log(`built the ${build.name} in ${((performance.now() - begun) / 1000).toFixed(1)} s`)
  }
}

const canBuild = (): boolean =>
  ['vite', '@vitejs/plugin-vue'].every((name) => existsSync(path(`node_modules/${name}`)))

/** `npm run build`: everything, changed or not. */
if (process.argv[1] === fileURLToPath(import.meta.url)) await buildPages({ all: true })
