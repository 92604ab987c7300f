import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * What a build is made of: files and folders below the root. The digest of them is kept beside the
 * result.
 */
export type Built = { sources: readonly string[]; result: string }

const ownDigestFile = (built: Built): string =>
  join(root, `${dirname(built.result)}/.digest-${built.result.split('/').at(-1)}`)

/** One value for all bytes and names of the sources. */
function digestOf(sources: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of sources.flatMap(filesBelow).toSorted())
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0')
  return hash.digest('hex')
}

function filesBelow(path: string): string[] {
  const full = join(root, path)
  if (!existsSync(full)) return []
  if (!statSync(full).isDirectory()) return [path]
  return readdirSync(full, { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules')
    .flatMap((entry) => filesBelow(`${path}/${entry.name}`))
}

/** Whether the result was made of exactly these sources. */
export function isUpToDate(built: Built): boolean {
  const file = ownDigestFile(built)
  return (
    existsSync(join(root, built.result)) &&
    existsSync(file) &&
    readFileSync(file, 'utf8') === digestOf(built.sources)
  )
}

/** To be called with the digest of before the build: what changed meanwhile is built next time. */
export function markBuilt(built: Built, digest: string): void {
  mkdirSync(dirname(ownDigestFile(built)), { recursive: true })
  writeFileSync(ownDigestFile(built), digest)
}

export const currentDigest = (built: Built): string => digestOf(built.sources)
