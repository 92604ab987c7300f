import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const path = `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`

/** How much of a run passed. */
export type Score = { passed: number; failed: number }

export const add = (scores: readonly Score[]): Score =>
  scores.reduce((sum, score) => ({ passed: sum.passed + score.passed, failed: sum.failed + score.failed }), { passed: 0, failed: 0 })

/** Runs a command of the project with its output as ours. Returns its exit code. */
async function run(command: string, args: readonly string[], env: Record<string, string> = {}): Promise<number> {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, PATH: path, ...env } })
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(error.message)
      resolve(127)
    })
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

/** A check that is one thing: it passes or it fails. */
export async function check(title: string, command: string, args: readonly string[]): Promise<Score> {
  return announced(title, async () => ((await run(command, args)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }))
}

/** The same for work done in this process. */
export async function step(title: string, work: () => Promise<void>): Promise<Score> {
  return announced(title, () => work().then(() => ({ passed: 1, failed: 0 }), (error: unknown) => {
    console.error(error)
    return { passed: 0, failed: 1 }
  }))
}

/** Suites of vitest.config.ts, counted test by test. */
export async function suites(title: string, projects: readonly string[], env: Record<string, string> = {}): Promise<Score> {
  const folder = mkdtempSync(join(tmpdir(), 'wugan-results-'))
  const results = join(folder, 'results.json')
  const args = ['run', ...projects.flatMap((name) => ['--project', name])]
  const score = await announced(title, async () => count(results, await run('vitest', args, { ...env, TEST_RESULTS: results })))
  rmSync(folder, { recursive: true, force: true })
  return score
}

type Results = { numPassedTests: number; numFailedTests: number; testResults: { status: string; assertionResults: { status: string }[] }[] }

/** A file that could not even be loaded counts as one failure, and so does whatever else made the run fail. */
function count(file: string, exit_code: number): Score {
  let results: Results
  try {
    results = JSON.parse(readFileSync(file, 'utf8')) as Results
  } catch {
    return { passed: 0, failed: 1 }
  }
  const unloaded = results.testResults.filter((one) => one.status === 'failed' && !one.assertionResults.some((test) => test.status === 'failed')).length
  const failed = results.numFailedTests + unloaded
  return { passed: results.numPassedTests, failed: failed === 0 && exit_code !== 0 ? 1 : failed }
}

async function announced(title: string, work: () => Promise<Score>): Promise<Score> {
  console.log(`\n=== ${title}`)
  const begun = performance.now()
  const score = await work()
  console.log(`=== ${title}: ${score.failed === 0 ? 'good' : `${score.failed} failed`} (${((performance.now() - begun) / 1000).toFixed(1)} s)`)
  return score
}
