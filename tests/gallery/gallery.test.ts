import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSamplePayer } from '../browser/sample-payer.ts'
import type { Phone } from '../browser/phone.ts'
import { states } from '../browser/states.ts'
import { expect, test } from '../browser/test.ts'
import { folder, looks, types, type Look } from './looks.ts'

/**
 * `npx wugan gallery`: no test of anything, but pictures for somebody to judge. Size and theme are
 * those of the project. `GALLERY_ONLY=bill` takes the pages whose name holds it.
 */
const only = process.env['GALLERY_ONLY'] ?? ''
// pending states must last until the last picture
test.use({ server_env: { QUERY_SCHEDULE_MINUTES: '60,120' } })

const nameOf = ({ size, theme, type }: Look): string => `${size.width}-${theme}-${type}`
const fileOf = (page: string, look: Look): string =>
  `${page.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.${nameOf(look)}.png`

async function applyLook(phone: Phone, look: Look): Promise<void> {
  await phone.page.setViewportSize(look.size)
  await phone.page.addInitScript(
    (size) => localStorage.setItem('wugan.size', size),
    look.type === 'elder' ? 'large' : 'standard',
  )
}

async function take(phone: Phone, page: string, look: Look): Promise<string> {
  if (look.type === 'twice')
    await phone.page.evaluate(() => void (document.documentElement.style.fontSize = '200%'))
  await phone.page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
    await Promise.all(ending.map(({ finished }) => finished))
  })
  // as high as the page, so that the sticky bar covers nothing
  const height = await phone.page.evaluate(() => document.documentElement.scrollHeight)
  await phone.page.setViewportSize({
    width: look.size.width,
    height: Math.max(height, look.size.height),
  })
  await phone.page.screenshot({ path: join(folder, fileOf(page, look)) })
  await phone.page.setViewportSize(look.size)
  return page
}

const selected = <One>(all: Record<string, One>): [name: string, one: One][] =>
  Object.entries(all).filter(([name]) => name.includes(only))

for (const type of types) {
  test(`pictures of every page and state, in ${type} type`, async ({
    world,
    openPhone,
    viewport,
    colorScheme,
  }) => {
    const theme = colorScheme === 'dark' ? 'dark' : 'light'
    const look: Look = { size: viewport ?? { width: 360, height: 640 }, theme, type }
    await mkdir(folder, { recursive: true })
    const { payer, pages } = await createSamplePayer(world)
    const phone = await openPhone(payer)
    await applyLook(phone, look)
    await phone.open('/contracts') // signs in
    await expect(phone.link(/无人货柜开门即购/)).toBeVisible()
    const taken: string[] = []
    for (const [name, { path, text }] of selected(pages)) {
      await phone.open(path)
      await expect(phone.page.getByText(text).first()).toBeVisible()
      taken.push(await take(phone, name, look))
    }
    await phone.context.close()
    for (const [name, state] of selected(states)) {
      const other = await openPhone(undefined, { privacy_agreed: state.privacy_agreed ?? true })
      await applyLook(other, look)
      await state.enter(other, world)
      taken.push(await take(other, name, look))
      await other.context.close()
    }
    const names = [...selected(pages), ...selected(states)].map(([name]) => name)
    // every project writes the same index of all pictures
    await writeFile(join(folder, 'index.html'), indexOf(names))
    expect(taken).toEqual(names)
  })
}

/** An index with a row per page and a selectable column per look. */
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
