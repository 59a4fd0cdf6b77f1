import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  createNetwork,
  OutboundError,
  type Address,
  type Network,
  type OutboundRequest,
} from '#server/network/index.ts'
import { insideKind } from '#server/network/address.ts'
import { insideAddresses, insideUrls, otherUrls, publicAddresses } from './inside-forms.ts'
import { openOutside, type Outside } from './outside.ts'

const get = (url: string, more: Partial<OutboundRequest> = {}): OutboundRequest => ({
  url,
  method: 'GET',
  timeout: 10_000,
  maxBytes: 1_000,
  ...more,
})

async function codeOf(request: Promise<unknown>): Promise<string> {
  return request.then(
    () => 'answered',
    (error: unknown) => (error instanceof OutboundError ? error.code : `not ours: ${String(error)}`),
  )
}

describe('what is inside is never called', () => {
  let v4: Outside
  let v6: Outside | undefined
  const networks: Network[] = []
  const open = (options: Parameters<typeof createNetwork>[0] = {}): Network => {
    const network = createNetwork(options)
    networks.push(network)
    return network
  }
  beforeAll(async () => {
    v4 = await openOutside('0.0.0.0')
    v6 = await openOutside('::1').catch(() => undefined)
  })
  // The law behind every test here: the server that stands for the inside has not seen one connection.
  afterEach(() => expect([v4.connections(), v6?.connections() ?? 0]).toEqual([0, 0]))
  afterAll(async () => {
    await Promise.all(networks.map((network) => network.close()))
    await v4.close()
    await v6?.close()
  })

  test(`there are more than 60 ways to write one`, () => {
    expect(new Set(insideUrls).size).toBe(insideUrls.length)
    expect(insideUrls.length).toBeGreaterThan(60)
  })

  test.each(insideUrls)('1. an inside address is refused however it is written: %j', async (form) => {
    const network = open()
    for (const port of [v4.port, v6?.port ?? v4.port]) {
      const refusal = await network.request(get(form.replaceAll('PORT', String(port)))).catch((error: unknown) => error)
      expect(refusal).toMatchObject({ code: 'refused', message: expect.stringContaining('is inside this network') })
    }
  })

  test.each(otherUrls)('2. what is not an http address without a password is refused: %j', async (form) => {
    expect(await codeOf(open().request(get(form.replaceAll('PORT', String(v4.port)))))).toBe('refused')
  })

  test.each(insideAddresses)('3. a name that resolves to %s is refused', async (address) => {
    const network = open({ resolve: async () => [{ address, family: address.includes(':') ? 6 : 4 }] })
    expect(await codeOf(network.request(get(`http://harmless.example.com:${v4.port}/`)))).toBe('refused')
    expect(await codeOf(network.request(get(`https://harmless.example.com:${v4.port}/`)))).toBe('refused')
  })

  test('4. of a name’s addresses only those are connected to that are public', async () => {
    const network = open({
      resolve: async () => insideAddresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    })
    expect(await codeOf(network.request(get(`http://many.example.com:${v4.port}/`)))).toBe('refused')
  })

  test('5. what an operator allows is exactly a host and a port: its neighbours stay refused', async () => {
    const allow = new Set([`127.0.0.1:${v4.port + 1}`, `localhost:${v4.port + 1}`, `127.0.0.9:${v4.port}`])
    const network = open({ allow })
    for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '0.0.0.0']) {
      expect(await codeOf(network.request(get(`http://${host}:${v4.port}/`)))).toBe('refused')
    }
  })

  test('6. public addresses, also those beside inside ranges, are not taken for inside ones', () => {
    expect(publicAddresses.map(insideKind)).toEqual(publicAddresses.map(() => undefined))
  })

  test('7. the refusal says the cure and not the address behind a name', async () => {
    const network = open({ resolve: async () => [{ address: '10.11.12.13', family: 4 }] })
    const refusal = await network.request(get('http://crm.example.com/path?token=secret')).catch(String)
    expect(refusal).toContain('OUTBOUND_ALLOW')
    expect(refusal).toContain('crm.example.com')
    expect(refusal).not.toMatch(/10\.11|secret/)
  })
})

describe('what may be called', () => {
  let outside: Outside
  let other: Outside
  let closed: Outside
  let network: Network
  let asked: string[]
  const names: Record<string, Address[][]> = {}
  beforeEach(async () => {
    outside = await openOutside()
    other = await openOutside('127.0.0.2')
    closed = await openOutside()
    await closed.close()
    asked = []
    network = createNetwork({
      allow: new Set([
        `127.0.0.1:${outside.port}`,
        `127.0.0.2:${other.port}`,
        `rebinding.example.com:${outside.port}`,
        `slow.example.com:${outside.port}`,
        `127.0.0.1:${closed.port}`,
      ]),
      resolve: async (name) => {
        asked.push(name)
        if (name.startsWith('slow')) return new Promise(() => undefined)
        return names[name]?.shift() ?? []
      },
    })
  })
  afterEach(async () => {
    await network.close()
    await outside.close()
    await other.close()
  })

  test('an allowed service gets the request and its whole answer comes back', async () => {
    outside.answer((_, response) => response.writeHead(201, { 'X-Place': 'here' }).end('made'))
    const answer = await network.request({
      url: `${outside.origin}/orders?page=2`,
      method: 'post',
      headers: { 'Content-Type': 'application/json' },
      body: '{"a":1}',
      timeout: 10_000,
      maxBytes: 100,
    })
    expect(answer).toMatchObject({ status: 201, body: 'made', headers: { 'x-place': 'here' } })
    expect(outside.received).toMatchObject([
      {
        method: 'POST',
        path: '/orders?page=2',
        body: '{"a":1}',
        headers: { 'content-type': 'application/json', 'user-agent': 'baton' },
      },
    ])
  })

  test('8. a name is asked once, and the checked address is the one that is called (no rebinding)', async () => {
    names['rebinding.example.com'] = [[{ address: '127.0.0.1', family: 4 }], [{ address: '127.0.0.2', family: 4 }]]
    outside.answer((request, response) => response.end(request.headers.host))
    const answer = await network.request(get(`http://rebinding.example.com:${outside.port}/`))
    expect(answer.body).toBe(`rebinding.example.com:${outside.port}`)
    expect(asked).toEqual(['rebinding.example.com'])
    expect([outside.connections(), other.connections()]).toEqual([1, 0])
  })

  test('a redirect is the answer unless it is to be followed', async () => {
    outside.answer((_, response) => response.writeHead(302, { location: '/next' }).end())
    expect((await network.request(get(outside.origin))).status).toBe(302)
    expect((await network.request(get(outside.origin, { method: 'POST', body: 'x', redirects: 3 }))).status).toBe(302)
    expect(outside.received).toHaveLength(2)
  })

  test('9. every hop of a redirect is checked like a first request', async () => {
    const inside = [
      'http://127.0.0.3:PORT/',
      'http://[::1]:PORT/',
      'http://0x7f000003:PORT/',
      '//127.0.0.3:PORT/',
      'file:///etc/passwd',
      'http://169.254.169.254/',
      'http://me:pw@127.0.0.1:PORT/',
      'http://[bad',
    ]
    for (const location of inside) {
      outside.answer((_, response) =>
        response.writeHead(302, { location: location.replace('PORT', String(other.port)) }).end(),
      )
      expect([location, await codeOf(network.request(get(outside.origin, { redirects: 3 })))]).toEqual([
        location,
        'refused',
      ])
    }
    expect(other.connections()).toBe(0)
  })

  test('redirects are followed up to the number asked for', async () => {
    outside.answer((request, response) =>
      request.path === '/3'
        ? response.end('there')
        : response.writeHead(307, { location: `/${Number(request.path.slice(1)) + 1}` }).end(),
    )
    expect((await network.request(get(`${outside.origin}/0`, { redirects: 3 }))).body).toBe('there')
    expect(await codeOf(network.request(get(`${outside.origin}/0`, { redirects: 2 })))).toBe('refused')
  })

  test('10. a redirect to another origin takes no secret along', async () => {
    outside.answer((_, response) => response.writeHead(301, { location: `${other.origin}/taken` }).end())
    await network.request(
      get(outside.origin, {
        redirects: 1,
        headers: { Authorization: 'Bearer canary', 'X-Api-Key': 'canary', Cookie: 'canary', Accept: 'text/plain' },
        body: '{"about":"canary"}',
      }),
    )
    expect(outside.received.at(-1)?.body).toContain('canary')
    expect(other.received).toMatchObject([{ path: '/taken', headers: { accept: 'text/plain' } }])
    expect(JSON.stringify(other.received)).not.toContain('canary')
  })

  test('an answer past its limit is cut off, however it is sent', async () => {
    outside.answer((_, response) => response.end('x'.repeat(1_001)))
    expect(await codeOf(network.request(get(outside.origin)))).toBe('too-large')
    outside.answer((_, response) => {
      const drip = (): void => {
        while (!response.destroyed && response.write('x'.repeat(500)));
      }
      response.on('drain', drip)
      drip()
    })
    expect(await codeOf(network.request(get(outside.origin)))).toBe('too-large')
    outside.answer((_, response) => response.end('x'.repeat(1_000)))
    expect((await network.request(get(outside.origin))).body).toHaveLength(1_000)
  })

  test('an answer in an encoding that was not asked for is refused, so that it cannot unfold', async () => {
    outside.answer((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(100_000))),
    )
    expect(await codeOf(network.request(get(outside.origin)))).toBe('unreadable')
  })

  test('the time limit holds for the name, the headers and the body', async () => {
    expect(await codeOf(network.request(get(`http://slow.example.com:${outside.port}/`, { timeout: 30 })))).toBe(
      'timeout',
    )
    outside.answer(() => undefined)
    expect(await codeOf(network.request(get(outside.origin, { timeout: 30 })))).toBe('timeout')
    outside.answer((_, response) => {
      response.writeHead(200).write('a')
    })
    expect(await codeOf(network.request(get(outside.origin, { timeout: 30 })))).toBe('timeout')
  })

  test('a caller who gives up is let go at once', async () => {
    outside.answer(() => undefined)
    const caller = new AbortController()
    const request = network.request(get(outside.origin, { signal: caller.signal }))
    caller.abort()
    expect(await codeOf(request)).toBe('aborted')
    expect(await codeOf(network.request(get(outside.origin, { signal: AbortSignal.abort() })))).toBe('aborted')
  })

  test.each(['that was used', 'that was never used'])('a way out %s sends nothing once it is closed', async (used) => {
    const closing = createNetwork({ allow: new Set([new URL(outside.origin).host]) })
    let asked = 0
    outside.answer((_, response) => {
      asked++
      response.end('ok')
    })
    if (used === 'that was used') await closing.request(get(outside.origin))
    const before = asked
    await closing.close()
    expect(await codeOf(closing.request(get(outside.origin)))).toBe('aborted')
    expect(asked).toBe(before)
  })

  test('a service that is down, breaks off or has no name is unreachable, which may pass', async () => {
    expect(await codeOf(network.request(get(`http://127.0.0.1:${closed.port}/`)))).toBe('unreachable')
    expect(await codeOf(network.request(get('http://nobody.example.com/')))).toBe('unreachable')
    outside.answer((_, response) => response.destroy())
    expect(await codeOf(network.request(get(outside.origin)))).toBe('unreachable')
    outside.answer((_, response) => {
      response.writeHead(200, { 'content-length': '50' }).write('part')
      response.destroy()
    })
    expect(await codeOf(network.request(get(outside.origin)))).toBe('unreachable')
    expect([
      new OutboundError('unreachable', '').passing,
      new OutboundError('timeout', '').passing,
      new OutboundError('refused', '').passing,
    ]).toEqual([true, true, false])
  })

  test('11. what a customer says cannot become a header or a second request', async () => {
    const smuggling: Partial<OutboundRequest>[] = [
      { headers: { 'x-name': 'a\r\nx-admin: 1' } },
      { headers: { 'x\r\nx-admin': '1' } },
      { headers: { 'x-name': 'a\u0000' } },
      { headers: { host: 'inside' } },
      { headers: { 'Transfer-Encoding': 'chunked' } },
      { headers: { 'content-length': '0' } },
      { headers: { Connection: 'upgrade' } },
      { headers: { Upgrade: 'h2c' } },
      { method: 'CONNECT' },
      { method: 'TRACE' },
      { method: 'GET / HTTP/1.1\r\nX: ' },
    ]
    for (const more of smuggling)
      expect([more, await codeOf(network.request(get(outside.origin, more)))]).toEqual([more, 'refused'])
    await network.request(get(`${outside.origin}/a b\r\nx-admin: 1?q=ä#part`))
    expect(outside.received).toHaveLength(1)
    expect(outside.received[0]?.path).toBe('/a%20bx-admin:%201?q=%C3%A4')
  })
})
