import type { TestProject } from 'vitest/node'
import { startTestDatabase, type DatabaseAddress } from '../support/template.ts'

declare module 'vitest' {
  interface ProvidedContext {
    database_server: DatabaseAddress
  }
}

/** Global setup of Vitest: the PostgreSQL of a project. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const { address, stop } = await startTestDatabase()
  project.provide('database_server', address)
  return stop
}
