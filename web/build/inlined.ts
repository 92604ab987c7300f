import { readFileSync } from 'node:fs'
import { transformWithOxc, type Plugin, type Rolldown } from 'vite'

type Bundle = Record<string, Rolldown.OutputAsset | Rolldown.OutputChunk>

/**
 * Puts the first page's style sheet and first-look.js into the head: a phone on a slow network pays half a second for each
 * further file that must come before the first paint. The server tells the content security policy their hashes.
 */
export function inlined(first_look: string): Plugin {
  return {
    name: 'inlined-first-look',
    apply: 'build',
    enforce: 'post',
    transformIndexHtml: {
      order: 'post',
      async handler(html, { bundle = {} }) {
        const linked = /\s*<link rel="stylesheet"[^>]*href="\/([^"]+)"[^>]*>/.exec(html)
        const style = bundle[linked?.[1] ?? '']
        if (!linked || style?.type !== 'asset') throw new Error('the first page has no style sheet')
        const { code } = await transformWithOxc(
          withFiles(readFileSync(first_look, 'utf8'), bundle),
          first_look,
          { target: 'es2015' },
        )
        delete bundle[style.fileName]
        return html
          .replace(linked[0], '')
          .replace(
            '</title>',
            () =>
              `</title>\n    <style>${String(style.source).trim()}</style>\n    <script>${code.trim()}</script>`,
          )
      },
    },
  }
}

/** first-look.js with the addresses of the files behind the first page. */
function withFiles(source: string, bundle: Bundle): string {
  const chunk = Object.values(bundle).find(
    (file) => file.type === 'chunk' && file.name === 'inner-pages',
  )
  const style = Object.keys(bundle).find((name) => /inner-pages-[\w-]+\.css$/.test(name))
  if (!chunk || !style)
    throw new Error('the build has no file of inner pages, or no style sheet of them')
  return source
    .replace('__INNER_PAGES__', `/${chunk.fileName}`)
    .replace('__INNER_STYLE__', `/${style}`)
}
