/** Whatever a flow, a bot or a channel names: no connection goes inside. Sockets are counted as Node opens them. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { topFolder } from '#server/top-folder.ts'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createNetwork, OutboundError, type Network } from '#server/network/index.ts'
import { insideAddresses, insideUrls } from '../server/network/inside-forms.ts'
import { openOutside, type Outside } from '../server/network/outside.ts'
import { openDns, type DnsServer } from './dns-server.ts'

/** Of each kind of inside one: this host, private networks, carriers, and what clouds tell a machine about itself. */
const INSIDE = [
  '127.0.0.1',
  '127.8.8.8',
  '0.0.0.0',
  '10.0.0.1',
  '172.16.5.4',
  '192.168.1.1',
  '100.64.0.1',
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  '100.100.100.200',
  '192.0.0.192',
  '168.63.129.16',
  '198.18.0.1',
  '224.0.0.251',
  '255.255.255.255',
]

/** Every way to write an IPv4 address that a URL, or a parser that somebody might use beside it, knows. */
const spellings: readonly ((parts: readonly number[]) => string)[] = [
  (parts) => parts.join('.'),
  (parts) => `${parts.join('.')}.`,
  (parts) => String(numberOf(parts)),
  (parts) => `0x${hex(numberOf(parts), 8)}`,
  (parts) => `0x000000${hex(numberOf(parts), 8)}`,
  (parts) => `0${numberOf(parts).toString(8)}`,
  (parts) => parts.map((part) => `0x${hex(part, 2)}`).join('.'),
  (parts) => parts.map((part) => `0X${hex(part, 4).toUpperCase()}`).join('.'),
  (parts) => parts.map((part) => `0${part.toString(8)}`).join('.'),
  (parts) => parts.map((part) => `000${part.toString(8)}`).join('.'),
  (parts) => `${parts[0]}.${numberOf(parts.slice(1))}`,
  (parts) => `${parts[0]}.${parts[1]}.${numberOf(parts.slice(2))}`,
  (parts) => `0x${hex(parts[0] ?? 0, 2)}.${parts[1]}.0${(parts[2] ?? 0).toString(8)}.${parts[3]}`,
  (parts) => parts.join('%2e'),
  (parts) => parts.map((part) => [...String(part)].map((digit) => `%3${digit}`).join('')).join('.'),
  (parts) =>
    parts
      .map((part) => [...String(part)].map((digit) => String.fromCharCode(0xff10 + Number(digit))).join(''))
      .join('。'),
  (parts) => parts.join('\u{ff0e}'),
  (parts) => `[::ffff:${parts.join('.')}]`,
  (parts) => `[0:0:0:0:0:ffff:${groups(parts)}]`,
  (parts) => `[::${parts.join('.')}]`,
  (parts) => `[64:ff9b::${groups(parts)}]`,
  (parts) => `[64:ff9b:1::${groups(parts)}]`,
  (parts) => `[2002:${groups(parts)}::1]`,
  (parts) => `[2001:0:${groups(parts)}::]`,
  (parts) => `[2001:0:4136:e378:8000:63bf:${groups(parts.map((part) => 255 - part))}]`,
  (parts) => `[::ffff:0:${groups(parts)}]`,
]

function numberOf(parts: readonly number[]): number {
  return parts.reduce((sum, part) => sum * 256 + part, 0)
}
function hex(value: number, length: number): string {
  return value.toString(16).padStart(length, '0')
}
function groups(parts: readonly number[]): string {
  const [a = 0, b = 0, c = 0, d = 0] = parts
  return `${hex(a * 256 + b, 1)}:${hex(c * 256 + d, 1)}`
}

const forms = [
  ...INSIDE.flatMap((address) => spellings.map((spell) => `http://${spell(address.split('.').map(Number))}:PORT/`)),
  ...insideUrls,
  ...['[fe80::1]', '[fd00:ec2::254]', '[fd20:ce::254]', '[fec0::1]', '[ff05::2]', '[::]'].map(
    (host) => `https://${host}:PORT/`,
  ),
  ...['localhost', 'LOCALHOST.', 'ⓛocalhost', 'localho\u{ad}st', 'loc%61lhost'].map((host) => `http://${host}:PORT/`),
  ...['a@127.0.0.1', 'a:b@10.0.0.1', '@127.0.0.1', 'example.com%40127.0.0.1', 'example.com@[::1]'].map(
    (host) => `http://${host}:PORT/`,
  ),
  ...[
    'http:/127.0.0.1:PORT/',
    'http:///127.0.0.1:PORT/',
    'http://127.0.0.1:PORT\\@example.com/',
    'http://127.0.0.1:PORT#@example.com/',
    'http://127.0.0.1:PORT?@example.com/',
    '\thttp://127.0.0.1:PORT/',
    'http://[::1%25lo]:PORT/',
    'http://[fe80::1%25eth0]:PORT/',
    'http://[::1%lo]:PORT/',
  ],
]

let v4: Outside
let v6: Outside | undefined
let dns: DnsServer
const networks: Network[] = []
const open = (options: Parameters<typeof createNetwork>[0] = {}): Network => {
  const network = createNetwork(options)
  networks.push(network)
  return network
}
let sockets = 0
const count = (): void => void (sockets += 1)

/** What the names of this test are. */
function records(name: string, time: number): ReturnType<Parameters<typeof openDns>[0]> {
  if (name.startsWith('rebinds')) return time === 0 ? [PUBLIC] : [LOOPBACK]
  if (name.startsWith('first-inside')) return time === 0 ? [LOOPBACK] : [PUBLIC]
  if (name.startsWith('mixed')) return [LOOPBACK, PUBLIC, { type: 'A', data: '10.0.0.1' }]
  if (name.startsWith('chain')) return [...chain(name, 6), LOOPBACK]
  if (name.startsWith('long')) return [...chain(name, 20), LOOPBACK]
  if (name.startsWith('v6')) return [{ type: 'AAAA', data: '::1' }]
  if (name.startsWith('mapped')) return [{ type: 'AAAA', data: '0:0:0:0:0:ffff:7f00:1' }]
  if (name.startsWith('none')) return []
  return [LOOPBACK]
}
const LOOPBACK = { type: 'A', data: '127.0.0.1' } as const
// Nobody has it: a connection to it comes to nothing.
const PUBLIC = { type: 'AAAA', data: '2a00::dead' } as const
function chain(name: string, length: number) {
  return Array.from({ length }, (_, index) => ({ type: 'CNAME', data: `hop${index}.${name}` }) as const)
}

beforeAll(async () => {
  v4 = await openOutside('0.0.0.0')
  v6 = await openOutside('::1').catch(() => undefined)
  dns = await openDns(records)
  subscribe('net.client.socket', count)
})
// The law behind every test here.
afterEach(() => expect([v4.connections(), v6?.connections() ?? 0]).toEqual([0, 0]))
afterAll(async () => {
  unsubscribe('net.client.socket', count)
  await Promise.all(networks.map((network) => network.close()))
  dns.close()
  await v4.close()
  await v6?.close()
})

async function codeOf(network: Network, url: string, more: object = {}): Promise<string> {
  return network.request({ url, method: 'GET', timeout: 1_000, maxBytes: 1_000, ...more }).then(
    () => 'answered',
    (error: unknown) => (error instanceof OutboundError ? error.code : `not ours: ${String(error)}`),
  )
}

test('law 1: of more than 300 ways to write an inside address none opens a socket', async () => {
  expect(new Set(forms).size).toBeGreaterThan(300)
  const network = open()
  const before = sockets
  for (const form of new Set(forms))
    for (const port of [v4.port, v6?.port ?? v4.port]) {
      const url = form.replaceAll('PORT', String(port))
      // A name of this machine that its resolver does not know is as good as refused.
      const allowed = /localhost\.?:/i.test(url) ? ['refused', 'unreachable'] : ['refused']
      expect(allowed, url).toContain(await codeOf(network, url))
    }
  expect(sockets).toBe(before)
  console.log(`hostile network: ${new Set(forms).size} forms of inside addresses, ${sockets - before} sockets opened`)
})

describe('law 2: names that a DNS server lies about', () => {
  test.each(['inside', 'v6', 'mapped', 'chain', 'long', 'none'])('%s: no socket is opened', async (name) => {
    const network = open({ resolve: (host) => dns.resolve(host) })
    const before = sockets
    expect(['refused', 'unreachable']).toContain(await codeOf(network, `http://${name}.example.com:${v4.port}/`))
    expect(sockets).toBe(before)
  })

  test('one that is public when it is checked and inside when it would be asked again', async () => {
    const network = open({ resolve: (host) => dns.resolve(host) })
    expect(['unreachable', 'timeout']).toContain(await codeOf(network, `http://rebinds.example.com:${v4.port}/`))
    expect(dns.asked.filter((name) => name === 'rebinds.example.com')).toHaveLength(2)
    // By now it is inside: a new request asks anew, and is refused.
    expect(await codeOf(network, `http://rebinds.example.com:${v4.port}/`)).toBe('refused')
  })

  test('one that is inside first is refused, whatever it becomes', async () => {
    const network = open({ resolve: (host) => dns.resolve(host) })
    expect(await codeOf(network, `http://first-inside.example.com:${v4.port}/`)).toBe('refused')
  })

  test('one of whose addresses some are inside is called at the others only', async () => {
    const network = open({ resolve: (host) => dns.resolve(host) })
    expect(['unreachable', 'timeout']).toContain(await codeOf(network, `http://mixed.example.com:${v4.port}/`))
  })
})

describe('law 3: redirects inside', () => {
  let outside: Outside
  beforeAll(async () => {
    outside = await openOutside('127.0.0.9')
  })
  afterAll(() => outside.close())

  test('every form is refused behind a redirect as well', async () => {
    const network = open({ allow: new Set([`127.0.0.9:${outside.port}`]) })
    const redirected = [...new Set(forms)].filter((_, index) => index % 4 === 0)
    for (const form of redirected) {
      const location = form.trim().replaceAll('PORT', String(v4.port))
      if (!/^[!-~]+$/.test(location)) continue
      outside.answer((_, response) => response.writeHead(307, { location }).end())
      expect([location, await codeOf(network, outside.origin, { redirects: 5 })]).toEqual([location, 'refused'])
    }
  })

  test('what an operator allows is reached; a name beside it that resolves to the same is not', async () => {
    outside.answer((_, response) => response.end('reached'))
    const network = open({
      allow: new Set([`127.0.0.9:${outside.port}`]),
      resolve: async () => [{ address: '127.0.0.9', family: 4 }],
    })
    expect((await network.request({ url: outside.origin, method: 'GET', timeout: 5_000, maxBytes: 100 })).body).toBe(
      'reached',
    )
    const before = outside.connections()
    expect(await codeOf(network, `http://beside.example.com:${outside.port}/`)).toBe('refused')
    expect(outside.connections()).toBe(before)
  })
})

test('law 4: no address that is inside by itself passes as the answer for a name', async () => {
  for (const address of [...INSIDE, ...insideAddresses]) {
    const network = open({ resolve: async () => [{ address, family: address.includes(':') ? 6 : 4 }] })
    expect([address, await codeOf(network, `https://any.example.com:${v4.port}/`)]).toEqual([address, 'refused'])
  }
})

describe('law 5: one way out', () => {
  /** What opens sockets, and who may: the way out, the socket we listen on, mail to the operator’s server, our database. */
  const openers =
    /^(?:node:)?(?:http|https|http2|net|tls|dgram|dns|dns\/promises)$|^(?:undici|nodemailer|pg|ws|axios|got)$/
  const may = [
    'server/network/',
    'server/http/listen.ts',
    'server/mail/',
    'server/store/',
    'server/runtime/line.ts',
    'server/operation/backup/',
  ]
  const types = /^import type /

  test('nothing else in the server imports what opens a socket, nor fetches', () => {
    const strays = sourcesOf('server')
      .filter(({ file }) => !may.some((place) => file.startsWith(place)))
      .flatMap(({ file, text }) => {
        const imports = [...text.matchAll(/^(import .*|\}) from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm)]
        const opening = imports.filter(
          ([line, , from = '', bare = '', late = '']) => !types.test(line) && openers.test(from || bare || late),
        )
        const fetches = text.match(/(?<![.\w])fetch\(|new (?:WebSocket|EventSource)\(/g) ?? []
        return [...opening.map(([line]) => `${file}: ${line}`), ...fetches.map((call) => `${file}: ${call}`)]
      })
    expect(strays).toEqual([])
  })
})

/** Code without its comments. */
function sourcesOf(folder: string): readonly { readonly file: string; readonly text: string }[] {
  const entries = readdirSync(join(topFolder, folder), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(topFolder, join(entry.parentPath, entry.name)))
    .map((file) => ({
      file,
      text: readFileSync(join(topFolder, file), 'utf8')
        .replaceAll(/\/\*[\s\S]*?\*\//g, '')
        .replaceAll(/^\s*\/\/.*$/gm, ''),
    }))
}
