import { effectScope, reactive, type Reactive } from 'vue'

let stores = new Map<string, unknown>()

/** A new app begins with new stores: the server draws its first page with facts of its own. */
export function beginStores(): void {
  stores = new Map()
}

/**
 * A store: made by `setup` when it is first asked for, and one and the same from then on. Its refs are read and written as plain
 * fields, as in Pinia; why not Pinia itself: decision 0005.
 */
export function defineStore<State extends object>(
  name: string,
  setup: () => State,
): () => Reactive<State> {
  return () => {
    const known = stores.get(name) as Reactive<State> | undefined
    if (known) return known
    // detached: a watcher of a store outlives the page that asked for it first
    const made = reactive(effectScope(true).run(setup) as State)
    stores.set(name, made)
    return made
  }
}
