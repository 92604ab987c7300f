import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** A file system of limited size, so that a full disk affects this test only. */
export type SmallDisk = { folder: string; fill(): void; empty(): void; unmount(): void }

const chunk = Buffer.alloc(1_000_000)

/** Mounts a tmpfs of this many MB at `folder`, or says why it cannot. */
export function mountSmallDisk(folder: string, megabytes: number): SmallDisk | { why_not: string } {
  mkdirSync(folder, { mode: 0o711 })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0711`, 'none', folder], {
      stdio: 'pipe',
    })
  } catch (error) {
    return {
      why_not: `no tmpfs can be mounted: ${
        String((error as { stderr?: Buffer }).stderr ?? error)
          .trim()
          .split('\n')[0]
      }`,
    }
  }
  const filler = join(folder, 'filler')
  return {
    folder,
    fill() {
      const file = openSync(filler, 'w')
      try {
        for (let size = chunk.length; size >= 1_000; size = Math.floor(size / 10))
          fillWith(file, size)
      } finally {
        closeSync(file)
      }
    },
    empty: () => rmSync(filler, { force: true }),
    unmount: () => void execFileSync('umount', ['-l', folder]),
  }
}

/** Fills it until nothing of that size fits any more. */
function fillWith(file: number, size: number): void {
  try {
    for (;;) writeSync(file, chunk, 0, size)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  }
}
