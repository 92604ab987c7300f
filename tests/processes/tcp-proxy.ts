import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/**
 * A TCP proxy between two programs. It forwards to each of its ends in turn, and to the next one
 * when one does not answer.
 */
export type TcpProxy = {
  port: number
  /** Resets every connection at once, and accepts no new one until `mend`. */
  cut(): void
  /**
   * Drops all traffic without closing: open connections stay silent for good, and so do those
   * opened until `mend`.
   */
  fallSilent(): void
  mend(): void
  stop(): Promise<void>
}

/** Opens a proxy on a port of its own. `ends`: ports of this machine, or paths of sockets. */
export async function openProxy(ends: readonly (number | string)[], port = 0): Promise<TcpProxy> {
  const open = new Set<Socket>()
  let turn = 0
  let broken = false
  let silent = false
  const server = createServer((near) => {
    if (broken) return void reset(near)
    track(near)
    if (!silent) forward(near, turn++, ends.length)
  })
  const track = (socket: Socket): void => {
    open.add(socket.setNoDelay())
    // the close event that follows a reset handles it
    socket.on('error', () => {}).once('close', () => open.delete(socket))
  }
  const forward = (near: Socket, first: number, left: number): void => {
    const end = ends[first % ends.length] ?? 0
    const far = typeof end === 'string' ? connect(end) : connect(end, '127.0.0.1')
    track(far)
    let through = false
    far.once('connect', () => {
      through = true
      near.pipe(far).pipe(near)
    })
    far.once('close', () => {
      if (!through && left > 1 && !near.destroyed && !broken) forward(near, first + 1, left - 1)
      else if (far.errored) reset(near)
    })
    near.once('close', () => {
      if (near.errored) reset(far)
    })
  }
  await new Promise<void>((resolve) => void server.listen(port, 'localhost', resolve))
  const cut = (): void => {
    broken = true
    for (const socket of open) reset(socket)
  }
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    fallSilent() {
      silent = true
      for (const socket of open) socket.unpipe().pause()
    },
    mend() {
      broken = false
      silent = false
    },
    async stop() {
      cut()
      await new Promise<void>((resolve) => void server.close(() => resolve()))
    },
  }
}

/** A Unix socket cannot be reset. */
const reset = (socket: Socket): Socket =>
  socket.remoteFamily === undefined ? socket.destroy() : socket.resetAndDestroy()
