import type { Definitions } from './definition.ts'

/** What people run who change the code. */
export const developer_commands = {
  openapi: {
    about: 'writes docs/openapi.json, llms.txt and client/operations.ts from the routes',
    usage: [''],
    options: {},
    example: '',
  },
  gallery: {
    about: 'pictures of every page × size × theme × type: gallery/index.html',
    usage: [''],
    options: {},
    example: '',
  },
  simulate: {
    about: 'plays whole histories against invariants, and shrinks what breaks one to a short story',
    usage: ['[--seeds N] [--from SEED] [--minutes N] [--no-story]', '--seed SEED [--no-story]'],
    options: {
      seeds: { type: 'string', value: 'N', default: '200', about: 'how many' },
      from: { type: 'string', value: 'SEED', default: '1', about: 'the first' },
      seed: { type: 'string', value: 'SEED', about: 'this one alone, with its story' },
      minutes: {
        type: 'string',
        value: 'N',
        default: 'Infinity',
        about: 'begins no further seed after so long',
      },
      'no-story': { type: 'boolean', about: 'stops at the first broken invariant, not shrunk' },
    },
    example: '--seeds 10000',
  },
  mutations: {
    about: 'puts each listed fault into a copy of the source: a test or the simulation must fail',
    usage: ['[--only WORDS] [--search N]'],
    options: {
      only: {
        type: 'string',
        value: 'WORDS',
        default: '',
        about: 'those whose name has the words',
      },
      search: {
        type: 'string',
        value: 'N',
        default: '300',
        about: 'seeds to try where the known one finds nothing',
      },
    },
    example: '--only "a refund"',
  },
  fuzz: {
    about: 'random input for everything that reads what strangers send',
    usage: ['[--inputs N] [--seed SEED]'],
    options: {
      inputs: { type: 'string', value: 'N', default: '100000', about: 'shared among the targets' },
      seed: { type: 'string', value: 'SEED', about: 'the same inputs again' },
    },
    example: '--inputs 100000',
  },
  soak: {
    about: 'a server at a steady rate: memory, latency, handles and connections must not rise',
    usage: ['[--minutes N] [--per-second N]'],
    options: {
      minutes: { type: 'string', value: 'N', default: '30', about: 'how long' },
      'per-second': { type: 'string', value: 'N', default: '20', about: 'charges' },
    },
    example: '--minutes 30 --per-second 20',
  },
  'kill-loop': {
    about: 'kills server, PostgreSQL, connection and disk under load, then compares the books',
    usage: ['[--rounds N] [--disruption NAME] [--seed SEED]'],
    options: {
      rounds: { type: 'string', value: 'N', default: '3', about: 'of each disruption' },
      disruption: { type: 'string', value: 'NAME', about: 'this one alone' },
      seed: { type: 'string', value: 'SEED', about: 'the order, the moments and the victims' },
    },
    example: '--rounds 10',
  },
  bench: {
    words: true,
    about: 'what a request costs as a multiple of the least it could cost (docs/performance.md)',
    usage: [
      'charge|notification|due|processes|log|all [ROUNDS]',
      'statement [LINES]',
      'first-load [RUNS]   how long a cheap phone waits for the first page',
    ],
    options: {},
    example: 'charge',
  },
} as const satisfies Definitions

/** What npm runs by a name that people know; these stand here for a container or a unit. */
export const script_commands = {
  start: {
    about: 'builds what changed, starts sandbox and server, says what to open',
    usage: [''],
    options: {},
    example: '',
    env_file: true,
  },
  dev: {
    about: 'the same with hot reload of pages, server and sandbox',
    usage: [''],
    options: {},
    example: '',
    env_file: true,
  },
  build: {
    about: "the H5 and the sandbox's pages, into dist/",
    usage: [''],
    options: {},
    example: '',
  },
  test: { about: 'everything, as CI runs it', usage: [''], options: {}, example: '' },
  check: {
    about: 'format, lint, types, unused code and tidy rules',
    usage: [''],
    options: {},
    example: '',
  },
  e2e: {
    about: 'the browser tests; arguments go to Playwright Test',
    usage: ['[ARGUMENTS OF PLAYWRIGHT TEST]'],
    options: {},
    example: 'tests/e2e/sign.test.ts',
  },
} as const satisfies Definitions
