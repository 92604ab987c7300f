import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive } from '../../server/storage/embedded-cluster.ts'
import type { Addresses } from './environments.ts'
import { isPortInUse } from './ports.ts'

/** A start of ours that runs, as it wrote down for the next one. */
type Running = { pid: number; address: string }

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

/** The sentence for a second start on the same data; null where none of ours runs on it. */
export async function problemOfFolder({ data_dir }: Addresses): Promise<string | null> {
  const running = readRunning(data_dir)
  if (!running || running.pid === process.pid || !isAlive(running.pid)) return null
  // the number may be another program's by now; a start of ours listens at its address
  if (!(await isPortInUse(Number(new URL(running.address).port)))) return null
  return `wugan runs already at ${running.address} (process ${running.pid}) on the data in ${data_dir}: open that, or set PORT, SANDBOX_PORT and DATA_DIR for a second one.`
}

type Wanted = { name: string; port: number }

/** A sentence about the first port that is taken; null where all are free. */
export async function problemOfPorts(wanted: readonly Wanted[]): Promise<string | null> {
  for (const { name, port } of wanted)
    if (await isPortInUse(port))
      return `Port ${port} is taken: stop the program that uses it, or set ${name} to another port (and DATA_DIR to another folder for a second wugan).`
  return null
}
