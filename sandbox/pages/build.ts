import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/**
 * Builds the sandbox's pages and upsdk.js into dist/sandbox. `node sandbox/pages/build.ts` does the
 * same.
 */
export async function buildSandboxPages(logLevel: 'info' | 'warn' = 'warn'): Promise<void> {
  for (const config of ['vite.config.ts', 'upsdk.vite.config.ts']) {
    await build({ configFile: fileURLToPath(new URL(config, import.meta.url)), logLevel })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildSandboxPages('info')
