import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const look_every_ms = 250
const most_levels = 3

type Process = { pid: number; parent: number; command: string }

/**
 * Calls back once when the npm that ran us, or a shell between, is gone: npm passes a signal on to
 * its shell only, and a shell that dies takes nobody with it. What was started without npm has
 * nobody to follow.
 */
export function onceAbandoned(leave: () => void): void {
  if (process.platform === 'win32' || process.env.npm_lifecycle_event === undefined) return
  const above = upToNpm()
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent && above.every(isAlive)) return
    clearInterval(timer)
    leave()
  }, look_every_ms)
  timer.unref()
}

/** The processes from our parent up to npm; our parent alone where npm is not found. */
function upToNpm(): number[] {
  const found: Process[] = []
  for (let pid = process.ppid; pid > 1 && found.length < most_levels;) {
    const one = processOf(pid)
    if (one === null) break
    found.push(one)
    if (/(^|[/\s])(npm|pnpm|yarn|bun)(-cli\.js|\.c?js)?(\s|$)/.test(one.command))
      return found.map((each) => each.pid)
    pid = one.parent
  }
  return found.slice(0, 1).map((each) => each.pid)
}

function processOf(pid: number): Process | null {
  try {
    // proc(5): the name in brackets may hold anything, the parent is the second field behind it
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    return { pid, parent: Number(parent), command }
  } catch {
    return processFromPs(pid)
  }
}

function processFromPs(pid: number): Process | null {
  const { stdout, status } = spawnSync('ps', ['-o', 'ppid=,args=', '-p', String(pid)], {
    encoding: 'utf8',
    timeout: 5_000,
  })
  const [, parent, command] = /^\s*(\d+)\s+(.*)/.exec(stdout ?? '') ?? []
  return status === 0 && parent ? { pid, parent: Number(parent), command: command ?? '' } : null
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
