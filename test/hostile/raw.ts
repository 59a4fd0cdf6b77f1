/** Callers who do not speak as they should: what they write is on the wire as it is. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export interface RawCaller {
  readonly socket: Socket
  /** Writes; false once the other side has hung up. */
  write(bytes: string | Uint8Array): Promise<boolean>
  /** All that came until the other side hung up. */
  heard(): Promise<string>
  /** What has come, as soon as it fits. */
  hears(what: RegExp): Promise<string>
  hangUp(): void
}

export async function rawCaller(url: string, reads = true): Promise<RawCaller> {
  const { hostname, port } = new URL(url)
  // What is answered after our own end is read too.
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true })
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  let text = ''
  let look = (): void => undefined
  if (reads) {
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      text += chunk
      look()
    })
  } else socket.pause()
  const gone = new Promise<void>((resolve) => {
    socket.once('close', () => resolve())
    socket.once('end', () => resolve())
  })
  return {
    socket,
    write: (bytes) =>
      socket.destroyed || socket.readableEnded
        ? Promise.resolve(false)
        : new Promise((resolve) => {
            void gone.then(() => resolve(false))
            socket.write(bytes, (error) => resolve(!error))
          }),
    async heard() {
      await gone
      return text
    },
    hears: (what) =>
      new Promise((resolve) => {
        look = () => {
          if (what.test(text)) resolve(text)
        }
        void gone.then(() => resolve(text))
        look()
      }),
    hangUp: () => void socket.destroy(),
  }
}
