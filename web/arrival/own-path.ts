/** Only a path of ours: what came from outside is never taken for an address elsewhere. */
export const ownPath = (path: string) => (/^\/(?!\/)/.test(path) ? path : '/')
