import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { StartError, readConfig } from '#server/config.ts'
import { ownPath } from '#server/http/oidc-browser.ts'
import { startServer, type TestServer } from '#test/driver/server.ts'
import { browser, CLIENT, startProvider, type TestProvider } from './provider.ts'

let provider: TestProvider
let server: TestServer

beforeAll(async () => {
  const port = await freePort()
  provider = await startProvider(`http://127.0.0.1:${port}/v1/session/oidc/callback`)
  server = await startServer([], {
    PORT: String(port),
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
    OIDC_NAME: 'Example Inc.',
    OIDC_ROLES: 'baton-admins=admin,baton-agents=agent',
    OUTBOUND_ALLOW: new URL(provider.issuer).host,
  })
  provider.people.set('sub-anna', { name: 'Anna Meyer', email: 'anna@example.com', groups: ['staff', 'baton-agents'] })
  provider.people.set('sub-boss', { name: 'Bo', groups: ['baton-agents', 'baton-admins'] })
  provider.people.set('sub-eve', { name: 'Anna Meyer', email: 'anna@example.com', groups: ['staff'] })
})
afterAll(async () => {
  await server.close()
  await provider.close()
})

const begin = () => `${server.url}/v1/session/oidc?to=/desk%3Fteam=a`
const ended = (response: Response) => new URL(response.headers.get('location') ?? '', server.url)
const exchange = (code: string) =>
  fetch(`${server.url}/v1/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ code }),
  })
const codeOf = (response: Response) => ended(response).hash.slice('#code='.length)

interface Session {
  readonly key: string
  readonly user: { readonly id: string; readonly role: string; readonly agent?: string; readonly name: string }
}
async function sessionOf(login: string): Promise<Session> {
  const response = await exchange(codeOf(await browser().signIn(begin(), login)))
  // What `POST /v1/session` answers.
  return (await response.json()) as Session
}

test('a person signs in by the provider, comes back to where it began, and works with what their group allows', async () => {
  expect(await (await fetch(`${server.url}/v1/session/ways`)).json()).toEqual({
    password: true,
    oidc: { name: 'Example Inc.' },
  })
  const back = await browser().signIn(begin(), 'sub-anna')
  expect(ended(back).pathname + ended(back).search).toBe('/desk?team=a')
  const answer = await exchange(codeOf(back))
  expect(answer.status).toBe(201)
  const { key, user } = (await answer.json()) as Session
  expect(user).toEqual({ id: user.id, name: 'Anna Meyer', email: 'anna@example.com', role: 'agent', agent: user.id })
  expect(await server.with(key).call('GET', '/v1/keys/self')).toMatchObject({ role: 'agent', user: { id: user.id } })
  expect((await exchange(codeOf(back))).status).toBe(401)
})

test('the first rule that fits says the role, and the person is the same one next time', async () => {
  const first = await sessionOf('sub-boss')
  expect(first.user.role).toBe('admin')
  provider.people.set('sub-boss', { name: 'Bo Berg', groups: 'baton-agents' })
  const second = await sessionOf('sub-boss')
  expect(second.user).toMatchObject({ id: first.user.id, name: 'Bo Berg', role: 'agent' })
})

test('who has no group with a role is told so and is nobody here, also with the name and address of another', async () => {
  const page = await browser().signIn(begin(), 'sub-eve')
  expect(page.status).toBe(403)
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(await page.text()).toContain('Example Inc. knows you, but gives you no role here')
})

test('an admin keeps somebody out whom the provider lets in', async () => {
  const { key, user } = await sessionOf('sub-anna')
  await server.admin.call('PUT', `/v1/users/${user.id}`, { name: 'Anna', role: 'agent', agent: 'anna', disabled: true })
  await expect(server.with(key).call('GET', '/v1/keys/self')).rejects.toMatchObject({ status: 401 })
  expect(await (await browser().signIn(begin(), 'sub-anna')).text()).toContain('ask an administrator')
  await server.admin.call('PUT', `/v1/users/${user.id}`, { name: 'Anna', role: 'agent', agent: 'anna' })
  expect((await sessionOf('sub-anna')).user).toMatchObject({ id: user.id, agent: 'anna', name: 'Anna Meyer' })
})

test('what comes back counts in the browser that was sent away, once, and not if it was made up', async () => {
  const one = browser()
  const away = await one.open(begin())
  expect(away.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^baton_sign_in=baton_browser_.*; Path=\/v1\/session\/oidc; HttpOnly; SameSite=Lax$/),
  ])
  const sent = new URL(away.headers.get('location') ?? '')
  expect(Object.fromEntries(sent.searchParams)).toMatchObject({ code_challenge_method: 'S256', response_type: 'code' })
  const state = sent.searchParams.get('state') ?? ''
  const callback = (query: string) => `${server.url}/v1/session/oidc/callback?${query}`
  const elsewhere = await browser().open(callback(`state=${state}&code=x`))
  expect(elsewhere.status).toBe(403)
  expect(await elsewhere.text()).toContain('begun in another browser')
  // A try in another browser has used it up.
  const again = await one.open(callback(`state=${state}&code=x`))
  expect(await again.text()).toContain('used already')
  for (const query of ['', 'code=x', 'state=&code=x', 'state=made-up&code=x', 'error=access_denied'])
    expect((await one.open(callback(query))).status, query).toBe(403)
  const fresh = new URL((await one.open(begin())).headers.get('location') ?? '')
  const forged = `state=${fresh.searchParams.get('state')}&code=forged&iss=${encodeURIComponent(provider.issuer)}`
  expect(await (await one.open(callback(forged))).text()).toContain('did not confirm who you are')
})

test('two tabs of one browser sign in by the provider at once, and a made-up return ends neither', async () => {
  const one = browser()
  const elsewhere = new URL((await one.open(begin())).headers.get('location') ?? '')
  expect(elsewhere.searchParams.get('state')).not.toBe('')
  await one.open(`${server.url}/v1/session/oidc/callback?state=made-up&code=x`)
  expect(ended(await one.signIn(begin(), 'sub-anna')).hash).toMatch(/^#code=/)
  // The first tab comes back after the second, and is no stranger: what the provider says of it is asked.
  const back = `state=${elsewhere.searchParams.get('state')}&code=forged&iss=${encodeURIComponent(provider.issuer)}`
  expect(await (await one.open(`${server.url}/v1/session/oidc/callback?${back}`)).text()).toContain('did not confirm')
})

test('sign-ins by the provider and refused ones stand in the audit log', async () => {
  const { user } = await sessionOf('sub-anna')
  expect(await server.admin.call('GET', `/v1/audit?actor=${user.id}&action=session.begun`)).toMatchObject({
    items: expect.arrayContaining([
      expect.objectContaining({ change: { after: { address: '127.0.0.1', way: 'oidc' } } }),
    ]),
  })
  expect(await server.admin.call('GET', '/v1/audit?action=session.refused')).toMatchObject({
    items: expect.arrayContaining([expect.objectContaining({ actor: { kind: 'system', id: 'address:127.0.0.1' } })]),
  })
})

test.each([
  ['/desk?x=1', '/desk?x=1'],
  [undefined, '/desk'],
  ['//evil.example', '/desk'],
  ['/\\evil.example', '/desk'],
  ['/\t/evil.example', '/desk'],
  ['/./\\evil.example/', '/desk'],
  ['https://evil.example', '/desk'],
  ['javascript:alert(1)', '/desk'],
  ['/..//evil.example', '/desk'],
])('after the sign-in “%s” leads to %s: never to another server', (asked, path) => {
  expect(ownPath(asked)).toBe(path)
})

test('a wrong or half configuration stops the start with its cure', () => {
  const whole = {
    OIDC_ISSUER: 'https://id.example',
    OIDC_CLIENT_ID: 'a',
    OIDC_CLIENT_SECRET: 'b',
    OIDC_ROLES: 'x=agent',
  }
  expect(readConfig(whole).oidc).toMatchObject({
    name: 'id.example',
    claim: 'groups',
    roles: [{ value: 'x', role: 'agent' }],
  })
  for (const [name, value] of [
    ['OIDC_ISSUER', 'http://id.example'],
    ['OIDC_CLIENT_ID', ''],
    ['OIDC_CLIENT_SECRET', ''],
    ['OIDC_ROLES', ''],
    ['OIDC_ROLES', 'x=emperor'],
    ['OIDC_ROLES', 'x=bot'],
    ['OIDC_ROLES', '=admin'],
    ['OIDC_CALLBACK', 'https://desk.example.com/'],
  ] as const) {
    expect(() => readConfig({ ...whole, [name]: value }), `${name}=${value}`).toThrow(StartError)
    expect(() => readConfig({ ...whole, [name]: value })).toThrow(name)
  }
})

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an address.
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}
