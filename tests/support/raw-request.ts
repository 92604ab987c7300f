import { connect } from 'node:net'
import { timeLimit } from './time-limits.ts'

/**
 * Writes bytes to a server unchanged, piece by piece with `pause_ms` between them; resolves with
 * the whole answer once the server has closed, or after `most_ms`.
 */
export function sendRaw(
  port: number,
  pieces: readonly string[],
  { pause_ms = 0, most_ms = timeLimit(5_000) } = {},
): Promise<{ text: string; closed_by_server: boolean; ms: number }> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: 'localhost' })
    const begun = performance.now()
    const [waiting, came] = [[...pieces], [] as Buffer[]]
    const end = (closed_by_server: boolean): void => {
      clearInterval(drip)
      clearTimeout(limit)
      socket.destroy()
      resolve({
        text: Buffer.concat(came).toString('latin1'),
        closed_by_server,
        ms: performance.now() - begun,
      })
    }
    const drip = setInterval(() => {
      const piece = waiting.shift()
      if (piece !== undefined && socket.writable) socket.write(piece, 'latin1')
    }, pause_ms)
    const limit = setTimeout(() => end(false), most_ms)
    socket.on('data', (bytes) => came.push(bytes))
    socket.on('close', () => end(true))
    socket.on('error', () => {}) // the server may disconnect while we write; `close` follows
  })
}
