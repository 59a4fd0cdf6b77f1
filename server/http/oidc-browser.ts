/** What a browser brings, keeps and sees while it signs in by the provider. */
import type { Context } from 'hono'

/**
 * The one cookie there is: it opens nothing, and says only that the browser that comes back is the one that went. It stays
 * until it is too old, for what another tab has under way.
 */
export const COOKIE = 'baton_sign_in'
const CALLBACK = '/v1/session/oidc/callback'
const HOME = '/desk'

/** Lax, since the provider's page is another's: the cookie must come along when that one leads back here. */
export function cookieOf(callback: string) {
  return {
    path: new URL(callback).pathname.replace(/\/callback$/, ''),
    httpOnly: true,
    secure: new URL(callback).protocol === 'https:',
    sameSite: 'Lax',
  } as const
}

/**
 * Where the provider sends back to, as the browser reached us. The provider takes only what was entered there, so that
 * a made-up Host leads nowhere.
 */
export function callbackOf(c: Context, proxies: number): string {
  const url = new URL(CALLBACK, c.req.url)
  const forwarded = c.req.header('x-forwarded-proto')?.split(',').at(-1)?.trim()
  if (proxies > 0 && (forwarded === 'https' || forwarded === 'http')) url.protocol = `${forwarded}:`
  return url.href
}

/** A path of this server, whatever was asked for: nobody is led elsewhere. */
export function ownPath(asked: string | undefined): string {
  const here = 'http://here.invalid'
  if (asked === undefined || !/^\/(?![/\\])/.test(asked) || !URL.canParse(asked, here)) return HOME
  const { origin, pathname, search } = new URL(asked, here)
  return origin === here && !pathname.startsWith('//') ? `${pathname}${search}` : HOME
}

export const PAGE = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
}

export function refusalPage(why: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Not signed in</title><h1>You are not signed in</h1><p>${escaped(why)}</p><p><a href="${HOME}">Try again</a></p></html>
`
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
