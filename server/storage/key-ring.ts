import type { RandomBytes } from '../kernel/ids.ts'
import type { KeyRing } from './cipher.ts'
import { ensureDataKey, findDataKey } from './data-key.ts'

export type KeySettings = {
  data_dir: string
  data_key: Buffer | null
  data_key_id: string
  data_key_second: Buffer | null
  data_key_second_id: string
}

/**
 * The data keys of the settings: DATA_KEY, or the sandbox's own beside its data, and
 * DATA_KEY_SECOND where there is one.
 */
export const ringOf = (settings: KeySettings, random: RandomBytes): KeyRing =>
  ringFrom(settings, () => ensureDataKey(settings.data_dir, random))

/** The same for a command, which makes no key. */
export const findRing = (settings: KeySettings): KeyRing =>
  ringFrom(settings, () => findDataKey(settings.data_dir))

function ringFrom(settings: KeySettings, ofSandbox: () => Buffer): KeyRing {
  const first = { id: settings.data_key_id, bytes: settings.data_key ?? ofSandbox() }
  return settings.data_key_second === null
    ? [first]
    : [first, { id: settings.data_key_second_id, bytes: settings.data_key_second }]
}
