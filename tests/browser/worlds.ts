import { startWorld, type World } from '../support/world.ts'

export type Worlds = ReturnType<typeof holdWorlds>

/** The world of the file whose tests run now. It stays until a file, or settings of the server, come that need another one. */
export function holdWorlds() {
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
