import type { Reporter, TestModule } from 'vitest/node'

/** Names the stories that passed only when they were told again: one that needs it more than once in a while hides a defect. */
export class SecondTries implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const { children, relativeModuleId } of modules) {
      for (const test of children.allTests()) if (test.diagnostic()?.flaky) console.log(`passed only when tried again: ${relativeModuleId} > ${test.fullName}`)
    }
  }
}
