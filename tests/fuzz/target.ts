import fc from 'fast-check'

/** Something that reads what strangers send. `look` throws when an input did what no input may do. */
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

/** Gives a target so many inputs; the first that does harm is made small, printed with its seed and thrown. */
export async function feed({ inputs, look }: Target, count: number, seed: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(inputs, async (input) => look(input as never)),
    { numRuns: count, seed },
  )
}

/** Throws unless it holds; the sentence says what an input did. */
export function must(holds: boolean, harm: string): void {
  if (!holds) throw new Error(harm)
}

/** What is thrown by `read`; null when nothing is. */
export async function thrownBy(read: () => unknown): Promise<unknown> {
  try {
    await read()
    return null
  } catch (error) {
    return error
  }
}
