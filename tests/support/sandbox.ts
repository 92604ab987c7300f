import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSandbox } from '../../sandbox/app.ts'
import { readSettings, type Settings } from '../../sandbox/settings.ts'
import { createControl, type SandboxControl } from './sandbox-control.ts'

export type RunningSandbox = {
  url: string
  settings: Settings
  control: SandboxControl
  /** Stops it and starts it again on the same port and the same state. */
  restart(): Promise<void>
  /** Stops it for good; a folder made for it is deleted. */
  stop(): Promise<void>
}

/**
 * A sandbox inside this process, on a free port and a folder of its own, unless the options say
 * otherwise.
 */
export async function startSandbox(options: Partial<Settings> = {}): Promise<RunningSandbox> {
  const made =
    options.data_dir === undefined ? await mkdtemp(join(tmpdir(), 'wugan-sandbox-')) : null
  const read = readSettings({})
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  const settings: Settings = {
    ...read.settings,
    port: 0,
    notice_url: 'http://localhost:1/nobody',
    shop_server_url: 'http://localhost:1',
    ...(made === null ? {} : { data_dir: made }),
    ...options,
  }
  let app = await buildSandbox(settings)
  await app.listen({ port: settings.port, host: 'localhost' })
  const bound = app.server.address()
  const port = typeof bound === 'object' && bound ? bound.port : settings.port
  const url = `http://localhost:${port}`
  return {
    url,
    settings,
    control: createControl(url),
    async restart() {
      await app.close()
      app = await buildSandbox(settings)
      await app.listen({ port, host: 'localhost' })
    },
    async stop() {
      await app.close()
      if (made !== null) await rm(made, { recursive: true, force: true })
    },
  }
}
