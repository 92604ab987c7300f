import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RunReport } from './run-report.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const path = `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`

/** How much of a run passed, and what did not. */
export type Score = RunReport

const failed = (why: string): Score => ({ passed: 0, failures: [why] })
const good: Score = { passed: 1, failures: [] }

/**
 * Says once more what failed, then the sum as the last line, and ends the process: 0 when nothing
 * failed.
 */
export function endWith(scores: readonly Score[]): never {
  const failures = scores.flatMap((score) => score.failures)
  for (const failure of failures) console.log(`\nfailed: ${failure}`)
  console.log(
    `\n${scores.reduce((sum, score) => sum + score.passed, 0)} passed, ${failures.length} failed`,
  )
  process.exit(failures.length === 0 ? 0 : 1)
}

/** Runs a command of the project with its output as ours. Returns its exit code. */
export async function run(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<number> {
  const child = spawn(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: path, ...env },
  })
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(error.message)
      resolve(127)
    })
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

/** A check that is one thing: it passes or it fails. */
export async function check(
  title: string,
  command: string,
  args: readonly string[],
): Promise<Score> {
  return announced(title, async () => ((await run(command, args)) === 0 ? good : failed(title)))
}

/** The same for work done in this process. */
export async function step(title: string, work: () => Promise<void>): Promise<Score> {
  return announced(title, () =>
    work().then(
      () => good,
      (error: unknown) => {
        console.error(error)
        return failed(`${title}\n${String(error)}`)
      },
    ),
  )
}

/** Suites of vitest.config.ts, counted test by test. */
export const suites = (
  title: string,
  projects: readonly string[],
  env: Record<string, string> = {},
): Promise<Score> => counted(title, 'vitest', ['run', ...chosen(projects)], env)

/** Those of playwright.config.ts: everything in a browser. */
export const browserSuites = (title: string, projects: readonly string[]): Promise<Score> =>
  counted(title, 'playwright', ['test', ...chosen(projects)])

const chosen = (projects: readonly string[]): string[] =>
  projects.map((name) => `--project=${name}`)

/** Runs tests by a runner that writes a RunReport into the file it finds in TEST_RESULTS. */
async function counted(
  title: string,
  runner: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Score> {
  const folder = mkdtempSync(join(tmpdir(), 'wugan-results-'))
  const results = join(folder, 'results.json')
  const score = await announced(title, async () =>
    scoreOf(results, title, await run(runner, args, { ...env, TEST_RESULTS: results })),
  )
  rmSync(folder, { recursive: true, force: true })
  return score
}

/** Whatever made the run fail without being written down counts as one failure. */
function scoreOf(file: string, title: string, exit_code: number): Score {
  let report: RunReport
  try {
    report = JSON.parse(readFileSync(file, 'utf8')) as RunReport
  } catch (error) {
    return failed(`${title}: the run left no report\n${String(error)}`)
  }
  if (exit_code !== 0 && report.failures.length === 0)
    report.failures.push(`${title}: the run ended with ${exit_code}, and every test passed`)
  if (report.passed === 0 && report.failures.length === 0)
    report.failures.push(`${title}: no test ran`)
  return report
}

async function announced(title: string, work: () => Promise<Score>): Promise<Score> {
  console.log(`\n=== ${title}`)
  const begun = performance.now()
  const score = await work()
  console.log(
    `=== ${title}: ${score.failures.length === 0 ? 'good' : `${score.failures.length} failed`} (${((performance.now() - begun) / 1000).toFixed(1)} s)`,
  )
  return score
}
