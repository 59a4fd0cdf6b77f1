/** A stream that is read and, but for a look at each event's text, thrown away: a reader that parses is a browser's. */
import { Agent, request } from 'node:http'

export interface Feed {
  close(): void
}

export interface Tally {
  open: number
  /** Events that came. */
  read: number
  /** Streams that ended without being closed, or were never there. */
  broken: number
}

/** Each feed has a connection of its own, as each browser has. */
const connections = new Agent({ keepAlive: false, maxSockets: Infinity })

export function follow(address: string, key: string, tally: Tally, onEvent: (text: string) => void = () => {}): Feed {
  let isClosed = false
  let rest = ''
  const lost = (): void => {
    if (!isClosed) tally.broken++
    close()
  }
  const asking = request(address, {
    agent: connections,
    headers: { accept: 'text/event-stream', authorization: `Bearer ${key}` },
  })
  const close = (): void => {
    if (isClosed) return
    isClosed = true
    tally.open--
    asking.destroy()
  }
  tally.open++
  asking.on('error', lost).on('response', (answer) => {
    if (answer.statusCode !== 200) return lost()
    answer.setEncoding('utf8').on('end', lost).on('error', lost)
    answer.on('data', (text: string) => {
      const events = (rest + text).split('\n\n')
      rest = events.pop() ?? ''
      tally.read += events.length
      events.forEach(onEvent)
    })
  })
  asking.end()
  return { close }
}
