import type { RandomBytes } from '../kernel/ids.ts'
import type { KeyRing } from './cipher.ts'
import { ensureDataKey } from './data-key.ts'

export type KeySettings = {
  data_dir: string
  data_key: Buffer | null
  data_key_id: string
  data_key_second: Buffer | null
  data_key_second_id: string
}

/** The data keys of the settings: DATA_KEY, or the sandbox's own beside its data, and DATA_KEY_SECOND where there is one. */
export function ringOf(settings: KeySettings, random: RandomBytes): KeyRing {
  const first = {
    id: settings.data_key_id,
    bytes: settings.data_key ?? ensureDataKey(settings.data_dir, random),
  }
  return settings.data_key_second === null
    ? [first]
    : [first, { id: settings.data_key_second_id, bytes: settings.data_key_second }]
}
