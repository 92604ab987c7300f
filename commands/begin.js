// Loaded before the commands that have settings: the version check, then .env where there is one. What is set already wins.
import './node-24.js'
import { existsSync, readFileSync } from 'node:fs'

if (existsSync('.env')) {
  // only now: an older Node cannot read TypeScript
  const { loadEnvFile } = await import('../server/env-file.ts')
  loadEnvFile(readFileSync('.env'), process.env)
}
