/** The pages behind the first one, as one file: each further file would cost a phone on a slow network half a second. */
export const readInnerPages = () => import('./inner-pages.ts')

export type InnerPages = Awaited<ReturnType<typeof readInnerPages>>
