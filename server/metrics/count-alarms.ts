import type { LoggerOptions } from 'pino'
import type { Metrics } from './metrics.ts'

/**
 * For pino: every line with `alarm` is counted, whatever room writes it. What LOG_LEVEL leaves out
 * is no line.
 */
export const countAlarms = (metrics: Metrics): NonNullable<LoggerOptions['hooks']> => ({
  logMethod(line, write) {
    const { alarm } = (typeof line[0] === 'object' ? line[0] : {}) as { alarm?: unknown }
    if (typeof alarm === 'string') metrics.alarmed(alarm)
    write.apply(this, line)
  },
})
