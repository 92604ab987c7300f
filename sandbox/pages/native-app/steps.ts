import { reactive } from 'vue'

/** One call of SDK signing, as the developer of the merchant's app sees it. */
export type Step = {
  id: number
  between: string
  call: string
  sent: unknown
  answer: unknown
  state: 'running' | 'done' | 'failed'
}

export const steps = reactive<Step[]>([])
let lastId = 0

/**
 * Shows a call while it runs, and its result. `shown` replaces an answer that is too long to read.
 */
export async function step<T>(
  between: string,
  call: string,
  sent: unknown,
  work: () => Promise<T>,
  shown?: string,
  failed = false,
): Promise<T> {
  lastId += 1
  steps.push({ id: lastId, between, call, sent, answer: undefined, state: 'running' })
  const line = steps[steps.length - 1] as Step
  try {
    const answer = await work()
    line.answer = shown ?? answer
    line.state = failed ? 'failed' : 'done'
    return answer
  } catch (reason) {
    line.answer = (reason as Error).message
    line.state = 'failed'
    throw reason
  }
}
