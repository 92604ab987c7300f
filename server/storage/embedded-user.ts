import { spawnSync } from 'node:child_process'
import { lchownSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Whom PostgreSQL runs as: it refuses root. `null`: as we are. */
export type RunAs = { uid: number; gid: number } | null

/** The account that an installation makes for the product (ops/wugan.service). */
export const own_account = 'wugan'
export const nobody = { uid: 65_534, gid: 65_534 }

/** Started as root: the account named so, else nobody. */
export function chooseUser(account: string): RunAs {
  return process.getuid?.() === 0 ? (findAccount(account) ?? nobody) : null
}

/** Null where there is no such account, or it is root under another name. */
export function findAccount(account: string): { uid: number; gid: number } | null {
  const numberOf = (flag: string): number => {
    const { status, stdout } = spawnSync('id', [flag, account], { encoding: 'utf8' })
    return status === 0 ? Number(stdout.trim()) : 0
  }
  const uid = numberOf('-u')
  return uid > 0 ? { uid, gid: numberOf('-g') } : null
}

/**
 * Gives a folder to the user who must own its files, itself last: what was cut short is seen to be,
 * and done again. No link is followed.
 */
export function giveFolder(folder: string, { uid, gid }: { uid: number; gid: number }): void {
  if (statSync(folder).uid === uid) return
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  for (const entry of entries) lchownSync(join(entry.parentPath, entry.name), uid, gid)
  lchownSync(folder, uid, gid)
}
