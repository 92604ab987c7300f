import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { FullConfig, Reporter, Suite, TestCase, TestError } from '@playwright/test/reporter'
import { REASON_CHARACTERS, type RunReport } from './run-report.ts'

/** The report of a run of Playwright Test, in the same form as that of Vitest. */
export default class BrowserRunReporter implements Reporter {
  readonly #file: string
  readonly #outside: string[] = []
  #suite: Suite | null = null

  constructor({ file }: { file: string }) {
    this.#file = file
  }

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#suite = suite
  }

  /**
   * What failed outside of every test: a file that cannot be read, a fixture of a worker that
   * cannot be put away.
   */
  onError(error: TestError): void {
    this.#outside.push(`outside of every test\n${reason(error)}`)
  }

  onEnd(): void {
    const tests = this.#suite?.allTests() ?? []
    const failed = tests.filter((test) => test.outcome() === 'unexpected')
    const report: RunReport = {
      passed: tests.filter((test) => test.outcome() === 'expected').length,
      failures: [...failed.map((test) => `${nameOf(test)}\n${reasonsOf(test)}`), ...this.#outside],
    }
    writeFileSync(this.#file, JSON.stringify(report))
  }

  printsToStdio(): boolean {
    return false
  }
}

/** file > describe block > title (project) */
function nameOf(test: TestCase): string {
  const [, project = '', , ...titles] = test.titlePath()
  return `${relative(process.cwd(), test.location.file)} > ${titles.join(' > ')} (${project})`
}

const reasonsOf = (test: TestCase): string =>
  test.results
    .flatMap(({ errors }) => errors)
    .map(reason)
    .join('\n')

function reason({ message, value, location }: TestError): string {
  const text = stripVTControlCharacters(message ?? value ?? 'no reason was given')
  const at = location ? `at ${relative(process.cwd(), location.file)}:${location.line}` : ''
  return `${text.slice(0, REASON_CHARACTERS)}${at === '' ? '' : `\n${at}`}`
}
