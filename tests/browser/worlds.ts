import { startWorld, type World } from '../support/world.ts'

export type Worlds = ReturnType<typeof createWorldPool>

/**
 * The world of the running test file. It is replaced when the next test needs another file's world
 * or other server settings.
 */
export function createWorldPool() {
  let current: { key: string; world: World } | null = null
  const worlds = {
    async of(run_of_file: string, env: Record<string, string>): Promise<World> {
      const key = JSON.stringify([run_of_file, env])
      if (current?.key !== key) {
        await worlds.stop()
        const limits = { RATE_LIMIT_SIGNING: '1000', RATE_LIMIT_LOGIN: '1000' }
        current = { key, world: await startWorld({ env: { ...limits, ...env } }) }
      }
      return current.world
    },
    async stop(): Promise<void> {
      const last = current?.world
      current = null
      await last?.stop()
    },
  }
  return worlds
}
