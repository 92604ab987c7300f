/**
 * All pages except the home page, as one file: on a slow network each further file costs half a
 * second.
 */
export const loadInnerPages = () => import('./inner-pages.ts')

export type InnerPages = Awaited<ReturnType<typeof loadInnerPages>>
