import { readFileSync } from 'node:fs'
import { transformWithOxc, type Plugin, type Rolldown } from 'vite'

type Bundle = Record<string, Rolldown.OutputAsset | Rolldown.OutputChunk>

/**
 * Inlines the style sheet of the home page and before-paint.js into the head: on a slow network
 * each further file costs half a second before the first paint. The server adds their hashes to the
 * content security policy.
 */
export function inlineHead(before_paint: string): Plugin {
  return {
    name: 'inline-before-paint',
    apply: 'build',
    enforce: 'post',
    transformIndexHtml: {
      order: 'post',
      async handler(html, { bundle = {} }) {
        const link = /\s*<link rel="stylesheet"[^>]*href="\/([^"]+)"[^>]*>/.exec(html)
        const style = bundle[link?.[1] ?? '']
        if (!link || style?.type !== 'asset') throw new Error('the home page has no style sheet')
        const { code } = await transformWithOxc(
          insertAddresses(readFileSync(before_paint, 'utf8'), bundle),
          before_paint,
          { target: 'es2015' },
        )
        delete bundle[style.fileName]
        return html
          .replace(link[0], '')
          .replace(
            '</title>',
            () =>
              `</title>\n    <style>${String(style.source).trim()}</style>\n    <script>${code.trim()}</script>`,
          )
      },
    },
  }
}

/** before-paint.js with the addresses of the files of the inner pages. */
function insertAddresses(source: string, bundle: Bundle): string {
  const chunk = Object.values(bundle).find(
    (file) => file.type === 'chunk' && file.name === 'inner-pages',
  )
  const style = Object.keys(bundle).find((name) => /inner-pages-[\w-]+\.css$/.test(name))
  if (!chunk || !style)
    throw new Error('the build has no chunk or no style sheet of the inner pages')
  return source
    .replace('__INNER_PAGES__', `/${chunk.fileName}`)
    .replace('__INNER_STYLE__', `/${style}`)
}
