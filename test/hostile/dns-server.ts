/** A DNS server that lies as it is told: UDP, one question a packet, A, AAAA and CNAME records without a life. */
import { createSocket } from 'node:dgram'
import { Resolver } from 'node:dns/promises'
import { once } from 'node:events'
import type { Resolve } from '#server/network/index.ts'

export type DnsRecord =
  | { readonly type: 'A' | 'AAAA'; readonly data: string }
  /** Leads on; the records of the name it leads to follow in the same answer. */
  | { readonly type: 'CNAME'; readonly data: string }

export interface DnsServer {
  /** What the system's resolver does, by this server alone. */
  readonly resolve: Resolve
  /** The names asked for, in order; each is asked for A and for AAAA. */
  readonly asked: readonly string[]
  close(): void
}

const TYPES = { A: 1, CNAME: 5, AAAA: 28 } as const

/** `answers` says what a name is, the n-th time that it is asked for. */
export async function openDns(answers: (name: string, time: number) => readonly DnsRecord[]): Promise<DnsServer> {
  const socket = createSocket('udp4')
  const asked: string[] = []
  const times = new Map<string, number>()
  socket.on('message', (query, { port, address }) => {
    const { name, type, end } = questionOf(query)
    asked.push(name)
    const key = `${name} ${type}`
    const time = times.get(key) ?? 0
    times.set(key, time + 1)
    const records = answers(name, time).filter((record) => record.type === 'CNAME' || TYPES[record.type] === type)
    socket.send(answerTo(query, end, name, records), port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const resolver = new Resolver({ timeout: 1_000, tries: 1 })
  resolver.setServers([`127.0.0.1:${socket.address().port}`])
  return {
    asked,
    async resolve(hostname) {
      const [v4, v6] = await Promise.all([
        resolver.resolve4(hostname).catch(() => []),
        resolver.resolve6(hostname).catch(() => []),
      ])
      return [
        ...v4.map((address) => ({ address, family: 4 as const })),
        ...v6.map((address) => ({ address, family: 6 as const })),
      ]
    },
    close: () => void socket.close(),
  }
}

function questionOf(query: Buffer): { readonly name: string; readonly type: number; readonly end: number } {
  const labels: string[] = []
  let at = 12
  while (query[at] !== 0) {
    const length = query[at] ?? 0
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 }
}

function answerTo(query: Buffer, end: number, name: string, records: readonly DnsRecord[]): Buffer {
  const head = Buffer.from(query.subarray(0, 12))
  head.writeUInt16BE(0x8180, 2)
  head.writeUInt16BE(records.length, 6)
  head.writeUInt16BE(0, 8)
  head.writeUInt16BE(0, 10)
  let owner = name
  const rows = records.map((record) => {
    const data = dataOf(record)
    const row = Buffer.alloc(10)
    row.writeUInt16BE(TYPES[record.type], 0)
    row.writeUInt16BE(1, 2)
    row.writeUInt32BE(0, 4)
    row.writeUInt16BE(data.length, 8)
    const whole = Buffer.concat([nameOf(owner), row, data])
    if (record.type === 'CNAME') owner = record.data
    return whole
  })
  return Buffer.concat([head, query.subarray(12, end), ...rows])
}

function dataOf({ type, data }: DnsRecord): Buffer {
  if (type === 'CNAME') return nameOf(data)
  if (type === 'A') return Buffer.from(data.split('.').map(Number))
  const [before = '', after] = data.split('::')
  const groups = (text: string | undefined): number[] =>
    text ? text.split(':').map((group) => Number.parseInt(group, 16)) : []
  const [head, tail] = [groups(before), groups(after)]
  const zeros = Array<number>(8 - head.length - tail.length).fill(0)
  return Buffer.from(
    [...head, ...(after === undefined ? [] : zeros), ...tail].flatMap((group) => [group >> 8, group & 255]),
  )
}

function nameOf(name: string): Buffer {
  const labels = name
    .split('.')
    .map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, 'latin1')]))
  return Buffer.concat([...labels, Buffer.from([0])])
}
