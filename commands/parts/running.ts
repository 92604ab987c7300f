import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive } from '../../server/storage/embedded-cluster.ts'
import type { Addresses } from './environments.ts'
import { commandOf, findHolder, isPortInUse } from './port-holder.ts'

/** A start of ours that runs, as it wrote down for the next one. */
type Running = { pid: number; address: string }

const own_programs = /commands\/wugan\.js (start|dev)|(server|sandbox)\/main\.ts/
const fileIn = (data_dir: string): string => join(data_dir, 'running.json')

/** Writes down that we run on this folder, and takes it back at the end. */
export function noteRunning({ data_dir }: Addresses, address: string): void {
  mkdirSync(data_dir, { recursive: true, mode: 0o711 })
  writeFileSync(fileIn(data_dir), JSON.stringify({ pid: process.pid, address }))
  process.once('exit', () => {
    if (readRunning(data_dir)?.pid === process.pid) rmSync(fileIn(data_dir), { force: true })
  })
}

function readRunning(data_dir: string): Running | null {
  try {
    return JSON.parse(readFileSync(fileIn(data_dir), 'utf8')) as Running
  } catch {
    return null // none, or one that was cut short
  }
}

/** The sentence for who starts it a second time on the same data; null where nothing of ours runs on it. */
export function problemOfFolder({ data_dir }: Addresses): string | null {
  const running = readRunning(data_dir)
  if (!running || running.pid === process.pid || !isAlive(running.pid)) return null
  if (!own_programs.test(commandOf(running.pid))) return null // the number is another program's by now
  return `wugan runs already at ${running.address} (process ${running.pid}) on the data in ${data_dir}: open that, or set PORT, SANDBOX_PORT and DATA_DIR for a second one.`
}

export type Wanted = { name: string; port: number }

/** One sentence for every port that is taken, with what to set; null where all are free. */
export async function problemOfPorts(wanted: readonly Wanted[]): Promise<string | null> {
  const taken: Wanted[] = []
  for (const one of wanted) if (await isPortInUse(one.port)) taken.push(one)
  const [first] = taken
  if (!first) return null
  const settings = await Promise.all(
    taken.map(async ({ name, port }) => `${name}=${await nextFree(port, wanted)}`),
  )
  const ports = `${taken.length > 1 ? 'Ports' : 'Port'} ${taken.map(({ port }) => port).join(' and ')}`
  const holder = findHolder(first.port)
  const command = holder === null ? '' : commandOf(holder)
  const advice = `set ${settings.join(' ')}`
  if (holder !== null && own_programs.test(command))
    return `wugan runs already at http://localhost:${first.port}/ (process ${holder}): open that, or for a second one ${advice} and another DATA_DIR.`
  const who = holder === null ? 'by another program' : `by process ${holder}${shorten(command)}`
  return `${ports} ${taken.length > 1 ? 'are' : 'is'} in use ${who}: stop it, or ${advice}.`
}

const shorten = (command: string): string => (command ? ` (${command.slice(0, 80)})` : '')

async function nextFree(port: number, wanted: readonly Wanted[]): Promise<number> {
  for (let next = port + 100; next < 65_000; next += 100)
    if (!wanted.some((one) => one.port === next) && !(await isPortInUse(next))) return next
  return 0
}
