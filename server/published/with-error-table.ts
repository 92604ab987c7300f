import type { OpenApi } from './openapi.ts'

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

/**
 * The document for people: Swagger UI shows no `x-error-codes`, so the table of them ends the
 * introduction, folded above the operations.
 */
export function withErrorTable(openapi: OpenApi): OpenApi {
  const rows = openapi['x-error-codes'].map(
    ({ code, status, message, what_to_do }) =>
      `| \`${code}\` | ${status} | ${cell(message)} | ${cell(what_to_do)} |`,
  )
  const description = `${openapi.info.description}

For programs: [openapi.json](/v1/openapi.json), [llms.txt](/llms.txt).

<details><summary>Error codes: decide by <code>code</code>, which never changes its meaning</summary>

| code | status | what happened | what to do |
|---|---|---|---|
${rows.join('\n')}

</details>`
  return { ...openapi, info: { ...openapi.info, description } }
}
