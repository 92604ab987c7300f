import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { StartProblem } from '../../../server/kernel/start-problem.ts'
import type { DatabaseFacts } from './database-facts.ts'

/** What a backup says about itself. `files` has every other file of it, with its SHA-256. */
export type Manifest = DatabaseFacts & {
  format: 1
  kind: 'embedded' | 'dump'
  made_at: string
  platform: string
  files: { path: string; size: number; sha256: string }[]
}

const name = 'manifest.json'

export async function writeManifest(
  folder: string,
  facts: Omit<Manifest, 'files'>,
): Promise<Manifest> {
  const files = []
  for (const path of await filesBelow(folder))
    files.push({
      path,
      size: (await stat(join(folder, path))).size,
      sha256: await sha256(join(folder, path)),
    })
  const manifest = { ...facts, files }
  await writeFile(join(folder, name), JSON.stringify(manifest, null, 1), { mode: 0o600 })
  return manifest
}

/**
 * Reads it and compares every file. Throws StartProblem at the first that is missing, changed or
 * too many.
 */
export async function verifyManifest(folder: string): Promise<Manifest> {
  const manifest = JSON.parse(
    await readFile(join(folder, name), 'utf8').catch(() => {
      throw broken('it has no manifest')
    }),
  ) as Manifest
  if (manifest.format !== 1)
    throw new StartProblem(
      `This backup has format ${String(manifest.format)}, this program knows 1: restore it with the program that made it.`,
    )
  const present = (await filesBelow(folder)).filter((path) => path !== name)
  const named = new Set(manifest.files.map(({ path }) => path))
  const stranger = present.find((path) => !named.has(path))
  if (stranger !== undefined) throw broken(`${stranger} is not in its manifest`)
  for (const file of manifest.files) {
    const found = await sha256(join(folder, file.path)).catch(() => null)
    if (found !== file.sha256)
      throw broken(`${file.path} is ${found === null ? 'missing' : 'not what was saved'}`)
  }
  return manifest
}

export const broken = (why: string): StartProblem =>
  new StartProblem(`The backup is damaged: ${why}. Nothing was restored; use another one.`)

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .toSorted()
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
