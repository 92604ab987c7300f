import type { OpenApi } from './openapi.ts'

/** llms.txt: what a program that reads instead of a person should know, in one page. */
export function writeLlms({ info, paths, tags, 'x-error-codes': codes }: OpenApi): string {
  const lines = [
    '# wugan 无感',
    '',
    '> 云闪付无感支付 for merchants: the payer signs once in the wallet, afterwards the merchant charges by contract.',
    '',
    info.description,
    '',
  ]
  lines.push(
    'Full schemas: /v1/openapi.json (OpenAPI 3.1). Page for people: /docs. Authentication: `Authorization: Bearer <key>`.',
    '',
  )
  for (const { name, description } of tags) {
    const found = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations)
        .filter(([, one]) => one.tags.includes(name))
        .map(
          ([method, one]) =>
            `- \`${method.toUpperCase()} ${path}\`: ${one.summary}. ${one.description}`,
        ),
    )
    if (found.length > 0) lines.push(`## ${name}`, '', description, '', ...found, '')
  }
  lines.push(
    '## Error codes',
    '',
    'Every refusal is `{ code, message, what_to_do, request_id, fields? }`.',
    '',
  )
  lines.push(
    ...codes.map(
      ({ code, status, message, what_to_do }) =>
        `- \`${code}\` (${status}): ${message} ${what_to_do}`,
    ),
    '',
  )
  return lines.join('\n')
}
