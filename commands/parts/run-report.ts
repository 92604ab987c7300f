import { writeFileSync } from 'node:fs'
import type { SerializedError } from 'vitest'
import type { Reporter, TestCase, TestModule } from 'vitest/node'

/** How a run of suites went. `failures`: what failed and why, one text each. */
export type RunReport = { passed: number; failures: string[] }

/** So much of what a test says about its failure is kept. */
export const REASON_CHARACTERS = 1500

/**
 * Writes the report of a run into a file, for the sum of several runs: the end of a long log is
 * what people see first.
 */
export class RunReporter implements Reporter {
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const broken = modules
      .flatMap((module) => [module, ...module.children.allSuites()])
      .flatMap((one) => {
        const title =
          'fullName' in one
            ? `${one.module.relativeModuleId} > ${one.fullName}`
            : one.relativeModuleId
        return one.errors().map((error) => `${title}\n${reason(error)}`)
      })
    const report: RunReport = {
      passed: tests.filter((test) => test.result().state === 'passed').length,
      failures: [
        ...tests
          .filter((test) => test.result().state === 'failed')
          .map((test) => `${nameOf(test)}\n${(test.result().errors ?? []).map(reason).join('\n')}`),
        ...broken,
        ...unhandled.map((error) => `outside of every test\n${reason(error)}`),
      ],
    }
    writeFileSync(this.#file, JSON.stringify(report))
  }
}

const nameOf = (test: TestCase): string => `${test.module.relativeModuleId} > ${test.fullName}`

function reason({
  name,
  message,
  diff,
  stack,
}: {
  name?: string
  message: string
  diff?: string
  stack?: string
}): string {
  const at = stack
    ?.split('\n')
    .find((line) => line.includes('/tests/'))
    ?.trim()
  return [
    `${name ?? 'Error'}: ${message}`.slice(0, REASON_CHARACTERS),
    diff?.slice(0, REASON_CHARACTERS),
    at,
  ]
    .filter((part) => part !== undefined)
    .join('\n')
}
