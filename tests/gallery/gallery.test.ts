import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { furnish } from '../support/furnished.ts'
import type { Phone } from '../support/phone.ts'
import { setStage } from '../support/stage.ts'
import { statesOf } from '../support/states.ts'

/** `npm run gallery`: no test of anything, but pictures for somebody to judge. `GALLERY_ONLY=bill` takes the pages whose name holds it. */
const folder = fileURLToPath(new URL('../../gallery', import.meta.url))
const sizes = [
  { width: 360, height: 640 },
  { width: 430, height: 932 },
]
const themes = ['light', 'dark'] as const
const types = ['standard', 'elder', 'twice'] as const
type Look = {
  size: (typeof sizes)[number]
  theme: (typeof themes)[number]
  type: (typeof types)[number]
}

const looks: Look[] = sizes.flatMap((size) =>
  themes.flatMap((theme) => types.map((type) => ({ size, theme, type }))),
)
const only = process.env['GALLERY_ONLY'] ?? ''
// what waits must still wait when the last picture is taken
const stage = setStage({ QUERY_SCHEDULE_MINUTES: '60,120' })

const nameOf = ({ size, theme, type }: Look): string => `${size.width}-${theme}-${type}`
const fileOf = (page: string, look: Look): string =>
  `${page.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.${nameOf(look)}.png`

async function dress(phone: Phone, look: Look): Promise<void> {
  await phone.page.setViewportSize(look.size)
  await phone.page.addInitScript(
    `localStorage.setItem('wugan.size', '${look.type === 'elder' ? 'large' : 'standard'}')`,
  )
}

async function take(phone: Phone, page: string, look: Look): Promise<string> {
  if (look.type === 'twice')
    await phone.page.evaluate(`void (document.documentElement.style.fontSize = '200%')`)
  await phone.page.evaluate(
    'Promise.all(document.getAnimations().filter((one) => one.effect.getComputedTiming().iterations !== Infinity).map((one) => one.finished))',
  )
  // as high as the page: what stays at the thumb is then at its end, and covers nothing of the picture
  const height = await phone.page.evaluate<number>('document.documentElement.scrollHeight')
  await phone.page.setViewportSize({
    width: look.size.width,
    height: Math.max(height, look.size.height),
  })
  await phone.page.screenshot({ path: join(folder, fileOf(page, look)) })
  await phone.page.setViewportSize(look.size)
  return page
}

test('pictures of every page and state, in every size, theme and type', async () => {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const { payer, places } = await furnish(stage)
  const states = statesOf(stage)
  const pages = [...Object.keys(places), ...Object.keys(states)].filter((name) =>
    name.includes(only),
  )
  const taken: string[] = []
  for (const look of looks) {
    const phone = await stage.phone(payer, { colorScheme: look.theme })
    await dress(phone, look)
    await phone.open('/contracts') // signs in
    await phone.link(/无人货柜开门即购/).waitFor()
    for (const [name, { path, seen }] of Object.entries(places).filter(([page]) =>
      page.includes(only),
    )) {
      await phone.open(path)
      await phone.page.getByText(seen).first().waitFor()
      taken.push(await take(phone, name, look))
    }
    await phone.context.close()
    for (const [name, state] of Object.entries(states).filter(([page]) => page.includes(only))) {
      const other = await stage.phone(undefined, {
        colorScheme: look.theme,
        asked_privacy: state.asked_privacy ?? true,
      })
      await dress(other, look)
      await state.bring(other)
      taken.push(await take(other, name, look))
      await other.context.close()
    }
  }
  await writeFile(join(folder, 'index.html'), indexOf(pages))
  expect(taken).toHaveLength(pages.length * looks.length)
  console.log(`${taken.length} pictures: gallery/index.html`)
})

/** One page, one row a page of ours, one column a look; columns can be chosen. */
function indexOf(pages: string[]): string {
  const choices = looks
    .map(
      (look) =>
        `<label><input type="checkbox" data-look="${nameOf(look)}"${look.type === 'standard' ? ' checked' : ''}> ${nameOf(look)}</label>`,
    )
    .join('\n')
  const rows = pages
    .map(
      (page) =>
        `<section><h2>${page}</h2><div>${looks
          .map(
            (look) =>
              `<figure data-look="${nameOf(look)}"><img loading="lazy" src="${encodeURI(fileOf(page, look))}" width="${look.size.width / 1.5}" alt="${page}, ${nameOf(look)}"><figcaption>${nameOf(look)}</figcaption></figure>`,
          )
          .join('')}</div></section>`,
    )
    .join('\n')
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Gallery</title>
<style>body{font:15px system-ui;margin:24px;background:#888;color:#fff}div{display:flex;gap:16px;overflow-x:auto;align-items:flex-start}figure{margin:0}img{display:block;border-radius:8px}nav{position:sticky;top:0;background:#666;padding:8px;display:flex;flex-wrap:wrap;gap:12px}</style>
<h1>Every page, size, theme and type</h1><nav>${choices}</nav>${rows}
<script>const show=()=>document.querySelectorAll('figure').forEach((f)=>{f.hidden=!document.querySelector('input[data-look="'+f.dataset.look+'"]').checked});document.querySelectorAll('input').forEach((i)=>i.onchange=show);show()</script></html>
`
}
