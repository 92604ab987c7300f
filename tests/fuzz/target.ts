import fc from 'fast-check'

/** A reader of untrusted input. `look` throws when an input had a forbidden effect. */
export type Target = {
  name: string
  inputs: fc.Arbitrary<unknown>
  look(input: never): Promise<void> | void
}

/** Declares a target with its input's type. */
export const target = <Input>(
  name: string,
  inputs: fc.Arbitrary<Input>,
  look: (input: Input) => Promise<void> | void,
): Target => ({ name, inputs, look: look })

/**
 * Runs a target on `runs` inputs; the first harmful input is minimized, printed with its seed and
 * thrown.
 */
export async function feed({ inputs, look }: Target, count: number, seed: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(inputs, async (input) => look(input as never)),
    { numRuns: count, seed },
  )
}

/** Throws when the condition does not hold; the sentence says what an input did. */
export function must(holds: boolean, harm: string): void {
  if (!holds) throw new Error(harm)
}

/** The error that `read` throws; null when it throws none. */
export async function thrownBy(read: () => unknown): Promise<unknown> {
  try {
    await read()
    return null
  } catch (error) {
    return error
  }
}
