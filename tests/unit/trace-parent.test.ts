import { expect, test } from 'vitest'
import { readTraceParent } from '../../server/kernel/trace-parent.ts'

const id = '4bf92f3577b34da6a3ce929d0e0e4736'
const parent = '00f067aa0ba902b7'

test.for([
  `00-${id}-${parent}-01`,
  `00-${id}-${parent}-00`,
  `cc-${id}-${parent}-01-what-comes-later`,
])('%s has a trace id', (header) =>
  expect(readTraceParent(header)).toEqual({
    trace_id: id,
    span_id: parent,
    sampled: !header.startsWith(`00-${id}-${parent}-00`),
  }),
)

test.for([
  undefined,
  '',
  'x',
  [`00-${id}-${parent}-01`, `00-${id}-${parent}-01`],
  `ff-${id}-${parent}-01`,
  `00-${id}-${parent}-01-more`,
  `00-${'0'.repeat(32)}-${parent}-01`,
  `00-${id}-${'0'.repeat(16)}-01`,
  `00-${id.toUpperCase()}-${parent}-01`,
  `00-${id}-${parent}`,
  `00-${id}\n-${parent}-01`,
])('%j has none', (header) => expect(readTraceParent(header)).toBeNull())
