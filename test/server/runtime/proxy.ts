import { connect, createServer, type Socket } from 'node:net'

/** What stands between a server and its database in tests. */
export interface Proxy {
  readonly url: string
  /** What the database says is not passed on any more: its commits happen, their answers are lost. */
  deafen(): void
  /** Cuts every connection; new ones get through, and hear again. */
  cut(): void
  /** Cuts every connection and refuses new ones, until `cut`. */
  part(): void
  close(): Promise<void>
}

export async function proxyTo(databaseUrl: string): Promise<Proxy> {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  let deaf = false
  let parted = false
  const server = createServer((client) => {
    if (parted) return void client.destroy()
    const database = connect(Number(target.port), target.hostname)
    for (const [one, other] of [
      [client, database],
      [database, client],
    ] as const) {
      sockets.add(one)
      one.on('error', () => undefined)
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
    client.on('data', (data) => database.write(data))
    database.on('data', (data) => {
      if (!deaf) client.write(data)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.')
  const url = new URL(databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String(address.port)
  const cutAll = () => sockets.forEach((socket) => socket.destroy())
  return {
    url: url.href,
    deafen() {
      deaf = true
    },
    cut() {
      deaf = false
      parted = false
      cutAll()
    },
    part() {
      parted = true
      cutAll()
    },
    close: () =>
      new Promise((resolve) => {
        cutAll()
        server.close(() => resolve())
      }),
  }
}
