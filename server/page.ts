import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import type { PublicFacts } from './api.ts'

export type Encoding = 'br' | 'gzip' | 'identity'

/**
 * The one page of the H5, made once at start: every visitor gets the same bytes, and nothing about
 * a person is in them.
 */
export type Page = {
  /** as it goes over the wire; packed once, for the first who asks */
  bytes(encoding: Encoding): Promise<Buffer>
  etag: string
  /** for the content security policy: the inline scripts and style sheets that are ours */
  hashes: { scripts: string[]; styles: string[] }
}

type Shell = { renderShell(facts: PublicFacts): Promise<{ home: string; waiting: string }> }

const pack: Record<Encoding, (page: Buffer) => Promise<Buffer>> = {
  br: promisify(brotliCompress),
  gzip: (page) => promisify(gzip)(page, { level: 9 }),
  identity: async (page) => page,
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64')
const hashesOf = (html: string, tag: RegExp): string[] =>
  [...html.matchAll(tag)].map(([, inner = '']) => `'sha256-${sha256(inner)}'`)

/** A `<` in it could end the element that holds it. */
const inElement = (facts: PublicFacts): string => JSON.stringify(facts).replaceAll('<', '\\u003c')

/**
 * Draws the first page with its plans into the built index.html, and lays the public facts beside
 * it, so that the first screen needs no further request. Null when the H5 is not built: dist/web
 * and, beside it, dist/shell.
 */
export async function makePage(web_dir: string, facts: PublicFacts): Promise<Page | null> {
  const [template, shell] = [join(web_dir, 'index.html'), join(web_dir, '../shell/render-shell.js')]
  if (!existsSync(template) || !existsSync(shell)) return null
  const { renderShell } = (await import(pathToFileURL(shell).href)) as Shell
  const { home, waiting } = await renderShell(facts)
  const html = readFileSync(template, 'utf8')
    .replace('<!--home-->', () => home)
    .replace('<!--waiting-->', () => waiting)
    .replace(
      '<!--facts-->',
      () => `<script type="application/json" id="facts">${inElement(facts)}</script>`,
    )
  const packed: Partial<Record<Encoding, Promise<Buffer>>> = {}
  return {
    bytes: (encoding) => (packed[encoding] ??= pack[encoding](Buffer.from(html))),
    etag: sha256(html).slice(0, 27),
    hashes: {
      scripts: hashesOf(html, /<script>([^]*?)<\/script>/g),
      styles: hashesOf(html, /<style>([^]*?)<\/style>/g),
    },
  }
}
