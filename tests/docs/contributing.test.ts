import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const guide = readFileSync('CONTRIBUTING.md', 'utf8')
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  scripts: Record<string, string>
}

test('every file that the contributing guide names exists', () => {
  const named = [...guide.matchAll(/`((?:[\w-]+\/)+[\w.-]*|[\w-]+\.(?:ts|yaml))`/g)].map(
    ([, path = '']) => path,
  )
  expect(named.length).toBeGreaterThan(30)
  expect(named.filter((path) => !existsSync(path))).toEqual([])
})

test('every command that the contributing guide names exists', () => {
  const named = [...guide.matchAll(/\bnpm (?:run )?(?!ci\b|run\b)([a-z][a-z0-9:-]*)/g)].map(
    ([, name = '']) => name,
  )
  expect(named.length).toBeGreaterThan(5)
  expect(named.filter((name) => !(name in scripts))).toEqual([])
})

test('the guide has a recipe for ten changes, each with its files in order', () => {
  const recipes = guide.split('## Ten changes')[1]?.match(/^\*\*.+?\.\*\* .+$/gm) ?? []
  expect(recipes).toHaveLength(10)
  for (const recipe of recipes) expect(recipe).toMatch(/`[\w/.-]+`/)
})

test('.nvmrc and package.json name the same version of Node', () => {
  const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    engines: { node: string }
  }
  expect(engines.node).toBe(`>=${readFileSync('.nvmrc', 'utf8').trim()}`)
})
