import { readFileSync } from 'node:fs'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { createGauges, type Watched } from '../../server/metrics/gauges.ts'
import { createMetrics } from '../../server/metrics/metrics.ts'
import { sources } from '../tidy/sources.ts'

type Rule = {
  alert: string
  expr: string
  labels: { severity: string }
  annotations: { summary: string; runbook: string }
}
type Panel = { title: string; targets?: { expr: string }[] }

const rules = (
  parse(readFileSync('ops/alerts.yml', 'utf8')) as { groups: { rules: Rule[] }[] }
).groups.flatMap((group) => group.rules)
const panels = (JSON.parse(readFileSync('ops/grafana/wugan.json', 'utf8')) as { panels: Panel[] })
  .panels
const runbook = readFileSync('docs/runbook.md', 'utf8')
const operations = readFileSync('docs/operations.md', 'utf8')
const sectionsOf = (chapter: string): string[] =>
  [
    ...(new RegExp(`## ${chapter}\n([^]*?)(?=\n## |$)`).exec(runbook)?.[1] ?? '').matchAll(
      /^### (\S+)$/gm,
    ),
  ].map((found) => found[1] ?? '')

/**
 * Every metric of the code with its labels, and `le` and the labels that Prometheus itself adds.
 */
async function metricsOfTheCode(): Promise<Map<string, string[]>> {
  const { registry } = createMetrics()
  createGauges(registry, {} as Watched)
  const of_node = new Registry()
  collectDefaultMetrics({ register: of_node })
  await of_node.metrics()
  const every = Registry.merge([registry, of_node]).getMetricsAsArray() as unknown as {
    name: string
    type: string
    labelNames: string[]
  }[]
  return new Map(
    every.flatMap(({ name, type, labelNames }) =>
      (type === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name]).map(
        (series) => [series, [...labelNames, 'le', 'job', 'instance']] as const,
      ),
    ),
  )
}

const named = (expr: string): string[] =>
  [...expr.matchAll(/\b(?:wugan|process|nodejs)_[a-z0-9_]+/g)].map((found) => found[0])
const labelsIn = (expr: string): string[] => [
  ...[...expr.matchAll(/\{([^}]*)\}/g)].flatMap((found) =>
    [...(found[1] ?? '').matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map((label) => label[1] ?? ''),
  ),
  ...[...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap((found) =>
    (found[1] ?? '').split(',').map((label) => label.trim()),
  ),
]

describe('alerts and dashboard', async () => {
  const known = await metricsOfTheCode()
  const asked = [
    ...rules.map(({ alert, expr }) => ({ where: alert, expr })),
    ...panels.flatMap(({ title, targets = [] }) =>
      targets.map(({ expr }) => ({ where: title, expr })),
    ),
  ]

  test('use only metrics and labels of the code', () => {
    expect(asked.length).toBeGreaterThan(60)
    const wrong = asked
      .flatMap(({ where, expr }) => {
        const names = named(expr)
        const labels = names.flatMap((name) => known.get(name) ?? [])
        return [
          ...names.filter((name) => !known.has(name)),
          ...labelsIn(expr).filter((label) => !labels.includes(label)),
        ].map((what) => `${where}: ${what}`)
      })
      .filter((problem) => problem !== 'WuganDown: job') // up is Prometheus's own
    expect(wrong).toEqual([])
  })

  test('the table of the operations page has exactly our metrics', () => {
    const ours = [...known.keys()]
      .filter((name) => name.startsWith('wugan_'))
      .map((name) => name.replace(/_(bucket|count|sum)$/, ''))
    const results = [...operations.matchAll(/^\| `(wugan_[a-z_]+)`/gm)].map(
      (found) => found[1] ?? '',
    )
    expect(results.toSorted()).toEqual([...new Set(ours)].toSorted())
  })
})

describe('the runbook', () => {
  test('has a section for each alert, where the alert says, and for no other', () => {
    expect(sectionsOf('Alerts')).toEqual(rules.map(({ alert }) => alert))
    for (const { alert, annotations } of rules) {
      expect(annotations.runbook).toBe(
        `docs/runbook.md#${alert === 'WuganAlarm' ? '{{ $labels.alarm }}' : alert.toLowerCase()}`,
      )
      expect(annotations.summary).not.toBe('')
    }
    expect(
      rules.filter(({ labels }) => !['warning', 'critical'].includes(labels.severity)),
    ).toEqual([])
  })

  test('has a section for each alarm of the code, and for no other', () => {
    const raised = sources
      .filter(({ file }) => file.startsWith('server/'))
      .flatMap(({ code }) =>
        [...code.matchAll(/\balarm: '([a-z_]+)'/g)].map((found) => found[1] ?? ''),
      )
    expect(sectionsOf('Alarms in the log').toSorted()).toEqual([...new Set(raised)].toSorted())
  })

  test('links to sections that exist', () => {
    const all = [...runbook.matchAll(/^#+ (.+)$/gm)].map((found) =>
      (found[1] ?? '').toLowerCase().replaceAll(' ', '-'),
    )
    const targets = [...`${runbook}${operations}`.matchAll(/\]\((?:runbook\.md)?#([^)]+)\)/g)].map(
      (found) => found[1] ?? '',
    )
    expect(targets.filter((target) => !all.includes(target))).toEqual([])
  })
})
