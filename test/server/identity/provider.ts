/** A real provider of OpenID Connect on this machine, and a browser that signs in there. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

export interface TestProvider {
  readonly issuer: string
  /** What the provider says of a person, by the name typed at its sign-in. */
  readonly people: Map<string, Readonly<Record<string, unknown>>>
  close(): Promise<void>
}

export const CLIENT = { id: 'baton', secret: 'a secret that the provider gave' }

/** Takes whoever is in `people` without a password, and asks for consent as providers do. */
export async function startProvider(callback: string): Promise<TestProvider> {
  const people: TestProvider['people'] = new Map()
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an address.
  const { port } = server.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [callback],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    cookies: { keys: ['cookies of the tests'] },
    pkce: { required: () => true },
    claims: { openid: ['sub', 'groups'], profile: ['name', 'preferred_username'], email: ['email'] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people.get(id) }) }),
    features: { devInteractions: { enabled: true } },
  })
  server.on('request', provider.callback())
  return {
    issuer,
    people,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

export interface Browser {
  /** Opens an address, follows to the provider and signs in there; where it all ends. */
  signIn(address: string, login: string): Promise<Response>
  /** Opens an address with the cookies that there are, following nothing. */
  open(address: string, init?: RequestInit): Promise<Response>
  readonly cookies: Map<string, string>
}

export function browser(): Browser {
  const cookies = new Map<string, string>()

  async function open(address: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(address, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const [name = '', value = ''] = pair.split(/=(.*)/s)
      if (value === '' || /expires=Thu, 01 Jan 1970|max-age=0/i.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return response
  }

  async function follow(response: Response): Promise<Response> {
    const where = response.headers.get('location')
    if (where === null) return response
    const next = new URL(where, response.url).href
    // What a browser does with a fragment happens in the page.
    return next.includes('#code=') ? response : follow(await open(next))
  }

  return {
    open,
    cookies,
    async signIn(address, login) {
      let page = await follow(await open(address))
      for (let forms = 0; page.ok && forms < 3; forms++) {
        const html = await page.text()
        const [, action] = /<form[^>]*action="([^"]+)"/.exec(html) ?? []
        const [, prompt = ''] = /name="prompt" value="([^"]+)"/.exec(html) ?? []
        if (action === undefined) break
        const body = new URLSearchParams({ prompt, ...(prompt === 'login' ? { login, password: 'any' } : {}) })
        page = await follow(await open(new URL(action, page.url).href, { method: 'POST', body }))
      }
      return page
    },
  }
}
