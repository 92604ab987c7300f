/**
 * The path if it is one of ours, else `/`: input from outside must not redirect to another site.
 */
export const localPath = (path: string) => (/^\/(?!\/)/.test(path) ? path : '/')
