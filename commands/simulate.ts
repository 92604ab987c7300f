import { makeTemplate, template } from '../tests/support/template.ts'
import { startEmbeddedServer } from '../tests/support/database-server.ts'
import { openEnvironment } from '../tests/simulation/environment.ts'
import { playSeeds, type Tally } from '../tests/simulation/seeds.ts'
import { formatTrace, shrink } from '../tests/simulation/shrink.ts'
import { readArguments } from './parts/arguments.ts'

/**
 * `wugan simulate --seeds 10000` plays so many seeds, from 1 or from `--from`; `--seed 42` plays
 * one and prints its trace. `--minutes 8` begins no further seed after so long. What breaks an
 * invariant is shrunk to a short story and printed; then the exit code is 1.
 */
const { values } = readArguments('simulate')
const one = values.seed === undefined ? null : Number(values.seed)
const started = performance.now()
const server = await startEmbeddedServer()
const tally = await simulate()
console.log(
  `\n| seeds | steps | faults injected | processes killed | invariants broken |\n|---|---|---|---|---|`,
)
console.log(
  `| ${tally.seeds} | ${tally.steps} | ${tally.faults} | ${tally.crashes} | ${tally.breaches.length} |`,
)
process.exit(tally.breaches.length === 0 ? 0 : 1)

async function simulate(): Promise<Tally> {
  try {
    await makeTemplate(server.connection)
    const environment = await openEnvironment(server.connection, template)
    const played = await playSeeds(
      environment,
      one ?? Number(values.from),
      one === null ? Number(values.seeds) : 1,
      values['no-story'] ? 1 : 3,
      ({ seeds }) => {
        const seconds = Math.round((performance.now() - started) / 1000)
        if (seeds % 20 === 0) console.log(`${seeds} seeds, ${seconds} s`)
        return seconds < Number(values.minutes) * 60
      },
    )
    for (const breach of played.breaches)
      console.log(
        `\n${formatTrace(values['no-story'] ? breach : await shrink(environment, breach))}`,
      )
    await environment.close()
    return played
  } finally {
    await server.stop()
  }
}
