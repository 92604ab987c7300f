import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Definition } from '../../commands/parts/definition.ts'
import { definitions, helpOf, type CommandName } from '../../commands/parts/help.ts'

const all = Object.entries<Definition>(definitions)
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  scripts: Record<string, string>
}

/** `wugan` with these words, in a folder that is not the checkout. */
function wugan(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const cwd = mkdtempSync(join(tmpdir(), 'wugan-command-'))
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }))
  return new Promise((done) => {
    execFile(
      process.execPath,
      [resolve('commands/wugan.js'), ...words],
      { cwd, env: { PATH: process.env.PATH } },
      (error, out, err) => done({ code: error === null ? 0 : Number(error.code), out, err }),
    )
  })
}

test('every command has a file, and every file is a command', () => {
  const files = readdirSync('commands')
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.replace('.ts', ''))
  expect(all.map(([name]) => name).toSorted()).toEqual(files.toSorted())
})

test('a script of npm runs the command of its name', () => {
  const ours = Object.entries(scripts).filter(([, script]) => script.includes('wugan.js'))
  expect(ours.map(([, script]) => script)).toEqual(
    ours.map(([name]) => `node commands/wugan.js ${name}`),
  )
})

test('every option is in the usage or the notes of its command, and those and the example name no other', () => {
  for (const [name, { usage, notes = '', options, example }] of all) {
    const text = [...usage, notes, example].join(' ')
    const used = [...text.matchAll(/--([a-z-]+)/g)].map(([, one]) => one)
    const listed = Object.keys(options).filter((one) => one !== 'go-live')
    expect([name, new Set(used)]).toEqual([name, new Set(listed)])
  }
})

test('`wugan --help` lists every command; `--help` of one prints usage, options and an example', async () => {
  const { code, out } = await wugan('--help')
  expect(code).toBe(0)
  for (const [name] of all) expect(out).toMatch(new RegExp(`^  ${name} `, 'm'))
  const key = await wugan('key', '--help')
  expect([key.code, key.out.trim()]).toEqual([0, helpOf('key')])
  for (const name of Object.keys(definitions) as CommandName[])
    expect(helpOf(name)).toMatch(/Usage:\n  npx wugan [^]*\nExample:\n  npx wugan /)
})

test('an unknown command names the near one, and its exit code is 2', async () => {
  const { code, out, err } = await wugan('oprator', 'list')
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain('Did you mean operator?')
  expect((await wugan()).code).toBe(2)
})

test('an unknown option, or a word too many, is named with the usage, and the exit code is 2', async () => {
  const option = await wugan('reseal', '--autor', 'anna')
  expect([option.code, option.out]).toEqual([2, ''])
  expect(option.err).toMatch(/Unknown option '--autor'[^]*npx wugan reseal --author NAME/)
  const word = await wugan('double-payments', 'apply')
  expect([word.code, word.out]).toEqual([2, ''])
})

test('files are named from the checkout, wherever the command is called', async () => {
  expect(await wugan('doctor', 'plans', 'plans.yaml')).toMatchObject({ code: 0 })
})
