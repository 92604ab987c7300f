import { maskPersonalNumbers } from '../kernel/personal-numbers.ts'

type Output = { write(line: string): void }

/**
 * The last stage of every log line. No line of ours holds a personal number; should one slip in,
 * within what somebody else said, it is masked, and the line calls a person, who mends where it
 * came from.
 */
export const guardedLog = (output: Output, alarmed: (alarm: string) => void): Output => ({
  write(line) {
    const { text, found } = maskPersonalNumbers(line)
    if (found.length === 0) return output.write(line)
    const end = text.lastIndexOf('}')
    const added = { alarm: 'personal_number_in_log', masked: [...new Set(found)].join(', ') }
    alarmed(added.alarm)
    output.write(`${text.slice(0, end)},${JSON.stringify(added).slice(1)}\n`)
  },
})
