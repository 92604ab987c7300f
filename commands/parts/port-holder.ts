import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createServer } from 'node:net'

/** Whether somebody listens on `port` of `localhost`, by any of its addresses. */
export async function isPortInUse(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '::1']) {
    const code = await tryListen(port, host)
    if (code === 'EADDRINUSE') return true
  }
  return false
}

function tryListen(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'))
    probe.listen(port, host, () => void probe.close(() => resolve(null)))
  })
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => void probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise<void>((resolve) => void probe.close(() => resolve()))
  return typeof address === 'object' && address ? address.port : 0
}

/** The process that holds the port, as good as the machine tells. */
export const findHolder = (port: number): number | null => findInProc(port) ?? findWithLsof(port)

function findInProc(port: number): number | null {
  try {
    const inodes = new Set(['tcp', 'tcp6'].flatMap((table) => listeningInodes(table, port)))
    for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
      if (openSockets(name).some((inode) => inodes.has(inode))) return Number(name)
    }
  } catch {
    // not Linux
  }
  return null
}

/** proc(5): column 1 local address as hex:hex port, 3 state (0A: listening), 9 inode. */
function listeningInodes(table: string, port: number): string[] {
  const hex = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const rows = readFileSync(`/proc/net/${table}`, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
  return rows.filter((row) => row[1]?.endsWith(hex) && row[3] === '0A').map((row) => row[9] ?? '')
}

function openSockets(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map(
      (fd) => /^socket:\[(\d+)\]$/.exec(link(`/proc/${pid}/fd/${fd}`))?.[1] ?? '',
    )
  } catch {
    return [] // gone, or another user's
  }
}

function link(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}

function findWithLsof(port: number): number | null {
  const { stdout } = spawnSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t'], {
    encoding: 'utf8',
    timeout: 5_000,
  })
  return Number.parseInt(stdout ?? '', 10) || null
}

/** The command of a process as it was typed, without what npm scripts put before it; empty where the machine does not tell. */
export function commandOf(pid: number): string {
  const { stdout } = spawnSync('ps', ['-o', 'args=', '-p', String(pid)], {
    encoding: 'utf8',
    timeout: 5_000,
  })
  const text = stdout?.trim() || procCommand(pid)
  return text.replace(/--import \S+ /g, '').replace(/^\S*\//, '')
}

function procCommand(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  } catch {
    return ''
  }
}
