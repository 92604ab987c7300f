import { fileURLToPath } from 'node:url'

export const folder = fileURLToPath(new URL('../../gallery', import.meta.url))

export const sizes = [
  { width: 360, height: 640 },
  { width: 430, height: 932 },
]
export const themes = ['light', 'dark'] as const
export const types = ['standard', 'elder', 'twice'] as const

export type Look = {
  size: { width: number; height: number }
  theme: (typeof themes)[number]
  type: (typeof types)[number]
}

export const looks: Look[] = sizes.flatMap((size) =>
  themes.flatMap((theme) => types.map((type) => ({ size, theme, type }))),
)
