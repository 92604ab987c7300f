import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A TCP line of ours between two programs. It forwards to each of its ends in turn, and to the next one when one does not answer. */
export type Line = {
  port: number
  /** Ends every connection at once, with a reset, and takes no new one until `mend`. */
  cut(): void
  mend(): void
  stop(): Promise<void>
}

/** Opens a line on a port of its own. `ends`: ports of this machine. */
export async function openLine(ends: readonly number[], port = 0): Promise<Line> {
  const open = new Set<Socket>()
  let turn = 0
  let broken = false
  const server = createServer((near) => {
    if (broken) return void near.resetAndDestroy()
    keep(near)
    forward(near, turn++, ends.length)
  })
  const keep = (socket: Socket): void => {
    open.add(socket.setNoDelay())
    // what a reset says is said by the close that follows it
    socket.on('error', () => {}).once('close', () => open.delete(socket))
  }
  const forward = (near: Socket, first: number, left: number): void => {
    const far = connect(ends[first % ends.length] ?? 0, '127.0.0.1')
    keep(far)
    let through = false
    far.once('connect', () => {
      through = true
      near.pipe(far).pipe(near)
    })
    far.once('close', () => {
      if (!through && left > 1 && !near.destroyed && !broken) forward(near, first + 1, left - 1)
      else if (far.errored) near.resetAndDestroy()
    })
    near.once('close', () => { if (near.errored) far.resetAndDestroy() })
  }
  await new Promise<void>((resolve) => void server.listen(port, 'localhost', resolve))
  const cut = (): void => {
    broken = true
    for (const socket of open) socket.resetAndDestroy()
  }
  return {
    port: (server.address() as AddressInfo).port, cut,
    mend: () => { broken = false },
    async stop() {
      cut()
      await new Promise<void>((resolve) => void server.close(() => resolve()))
    },
  }
}
