import { curlOf, exampleOf, resolve } from './example.ts'
import type { Json } from './hoist-shapes.ts'
import type { OpenApi, Operation } from './openapi.ts'

const escape = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
/** The little Markdown our sentences use: code and paragraphs. */
const prose = (text: string): string =>
  text
    .split('\n\n')
    .map((part) => `<p>${escape(part).replaceAll(/`([^`]+)`/g, '<code>$1</code>')}</p>`)
    .join('')

/** The document as one page: every operation with its fields, a curl call and its refusals; every shape; every error code. */
export function writePage(openapi: OpenApi, url: string): string {
  const operations = Object.entries(openapi.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({ path, method, one })),
  )
  const groups = openapi.tags
    .map(({ name, description }) => ({
      name,
      description,
      found: operations.filter(({ one }) => one.tags.includes(name)),
    }))
    .filter(({ found }) => found.length > 0)
  const { schemas } = openapi.components
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(openapi.info.title)} API</title>
<link rel="stylesheet" href="/docs/docs.css"><script src="/docs/docs.js" defer></script></head><body>
<header><h1>${escape(openapi.info.title)} API v${escape(openapi.info.version)}</h1>
<label>Search <input id="search" type="search" placeholder="charge, refund, idempotency, over_daily_limit…" autocomplete="off"></label>
<p id="found" role="status"></p></header>
<nav aria-label="Operations">${groups
    .map(
      ({ name, found }) =>
        `<h2>${escape(name)}</h2><ul>${found
          .map(
            ({ method, path, one }) =>
              `<li data-text="${escape(`${method} ${path} ${one.summary} ${one.operationId}`.toLowerCase())}"><a href="#${one.operationId}"><b>${method.toUpperCase()}</b> ${escape(path)}</a></li>`,
          )
          .join('')}</ul>`,
    )
    .join('')}
<h2>More</h2><ul><li><a href="#shapes">Shapes</a></li><li><a href="#errors">Error codes</a></li><li><a href="/v1/openapi.json">openapi.json</a></li><li><a href="/llms.txt">llms.txt</a></li></ul></nav>
<main>${prose(openapi.info.description)}
${groups.map(({ name, description, found }) => `<h2>${escape(name)}</h2>${prose(description)}${found.map(({ method, path, one }) => operationOf(method, path, one, schemas, url)).join('')}`).join('')}
<h2 id="shapes">Shapes</h2>${Object.entries(schemas)
    .map(([name, schema]) => shapeOf(name, schema, schemas))
    .join('')}
<h2 id="errors">Error codes</h2><p>Decide by <code>code</code>; it never changes its meaning.</p><div class="wide"><table><thead><tr><th>code</th><th>status</th><th>what happened</th><th>what to do</th></tr></thead><tbody>
${openapi['x-error-codes'].map(({ code, status, message, what_to_do }) => `<tr id="error-${code}" data-text="${escape(`${code} ${message} ${what_to_do}`.toLowerCase())}"><td><code>${code}</code></td><td>${status}</td><td>${escape(message)}</td><td>${prose(what_to_do)}</td></tr>`).join('\n')}
</tbody></table></div></main></body></html>
`
}

function operationOf(
  method: string,
  path: string,
  one: Operation,
  shapes: Record<string, Json>,
  url: string,
): string {
  const parameters = (one.parameters ?? []).map(
    ({ name, in: place, required, description, example, schema }) =>
      [name, place, required ?? false, { description, example, ...schema }] as const,
  )
  const body = resolve(one.requestBody?.content['application/json']?.schema ?? {}, shapes)
  const fields = Object.entries((body['properties'] ?? {}) as Record<string, Json>).map(
    ([name, schema]) =>
      [name, 'body', ((body['required'] ?? []) as string[]).includes(name), schema] as const,
  )
  const rows = [...parameters, ...fields].map(
    ([name, place, required, schema]) =>
      `<tr><td><code>${escape(name)}</code>${required ? ' <b>required</b>' : ''}</td><td>${place}</td><td>${fieldText(schema, shapes)}</td></tr>`,
  )
  const words = `${method} ${path} ${one.operationId} ${one.summary} ${one.description} ${Object.values(
    one.responses,
  )
    .map(({ description }) => description)
    .join(' ')}`
  return `<section id="${one.operationId}" data-text="${escape(words.toLowerCase())}"><h3><b>${method.toUpperCase()}</b> ${escape(path)}</h3><p><strong>${escape(one.summary)}.</strong></p>${prose(one.description)}
${rows.length > 0 ? `<div class="wide"><table><thead><tr><th>field</th><th>in</th><th></th></tr></thead><tbody>${rows.join('')}</tbody></table></div>` : ''}
<pre><code>${escape(curlOf(method, path, one, shapes, url))}</code></pre>
<div class="wide"><table><thead><tr><th>status</th><th>answer</th></tr></thead><tbody>${Object.entries(
    one.responses,
  )
    .map(
      ([status, { description, content }]) =>
        `<tr><td>${status}</td><td>${prose(description)}${link(Object.values(content ?? {})[0]?.schema)}</td></tr>`,
    )
    .join('')}</tbody></table></div></section>`
}

const shapeOf = (name: string, schema: Json, shapes: Record<string, Json>): string =>
  `<section id="shape-${name}" data-text="${escape(`${name} ${Object.keys(schema['properties'] ?? {}).join(' ')}`.toLowerCase())}"><h3>${name}</h3>${prose(String(schema['description'] ?? ''))}
<div class="wide"><table><tbody>${Object.entries(
    (schema['properties'] ?? {}) as Record<string, Json>,
  )
    .map(
      ([field, part]) =>
        `<tr><td><code>${escape(field)}</code></td><td>${fieldText(part, shapes)}</td></tr>`,
    )
    .join('')}</tbody></table></div></section>`

function fieldText(schema: Json, shapes: Record<string, Json>): string {
  const items = schema['items'] as Json | undefined
  const type = [schema['type']].flat().filter(Boolean).join(' or ')
  const words = (schema['enum'] as (string | null)[] | undefined)
    ?.filter((word) => word !== null)
    .slice(0, 12)
    .map((word) => `<code>${escape(word)}</code>`)
    .join(' ')
  const example = exampleOf(schema, shapes)
  const shown =
    ['string', 'number'].includes(typeof example) && example !== '' && !words
      ? ` Like <code>${escape(String(example))}</code>.`
      : ''
  return `<small>${type}</small> ${link(schema)}${link(items)}${link((schema['anyOf'] as Json[] | undefined)?.[0])}${prose(String(schema['description'] ?? ''))}${words ?? ''}${shown}`
}

function link(schema: Json | undefined): string {
  const name =
    String(schema?.['$ref'] ?? '')
      .split('/')
      .at(-1) ?? ''
  return name === '' ? '' : `<a href="#shape-${name}">${name}</a> `
}
