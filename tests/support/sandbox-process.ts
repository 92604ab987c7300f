import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createControl, type SandboxControl } from './sandbox-control.ts'

export type SandboxProcess = {
  url: string
  control: SandboxControl
  kill(signal: NodeJS.Signals): Promise<number | null>
}

const program = fileURLToPath(new URL('../../sandbox/main.ts', import.meta.url))

/** The real program with an environment of its own. */
export function spawnSandbox(env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [program], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Starts the real program and waits for the line that prints its address. */
export async function startSandboxProcess(env: Record<string, string>): Promise<SandboxProcess> {
  const child = spawnSandbox(env)
  const ended = once(child, 'exit')
  const url = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8')
      const address = /http:\/\/localhost:\d+/.exec(said)
      if (address) resolve(address[0])
    })
    let complaint = ''
    child.stderr?.on('data', (chunk: Buffer) => void (complaint += chunk.toString('utf8')))
    child.once('exit', (code) => reject(new Error(`the sandbox ended with ${code}: ${complaint}`)))
  })
  return {
    url,
    control: createControl(url),
    async kill(signal) {
      child.kill(signal)
      const [code] = (await ended) as [number | null]
      return code
    },
  }
}
