import { Hono, type Context } from 'hono'
import { html } from 'hono/html'
import { answerWith, builtFiles, type BuiltFile } from '../built-files.ts'
import { PAGE } from '../headers.ts'
import { page } from '../pages/page.ts'

/** The demo page holds the widget as any shop's page would: its script, and what that connects to. */
const DEMO_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'self'",
].join('; ')

/** The widget as `vite build --mode widget` left it in `folder`: one script for any page, and a page that shows it. */
export function widgetApp(folder: string): Hono {
  const files = builtFiles(folder)
  const script = files?.get('widget.js')
  const demo = files?.get('demo.html')
  return new Hono()
    .get('/widget.js', (c) => (script === undefined ? unbuiltScript() : scriptFor(c, script)))
    .get('/demo', (c) =>
      demo === undefined ? unbuilt(c) : current(c, demo, { ...PAGE, 'Content-Security-Policy': DEMO_POLICY }),
    )
    .get('/demo/:file', (c, next) => {
      const asset = files?.get(c.req.param('file'))
      return asset === undefined ? next() : Promise.resolve(current(c, asset, {}))
    })
}

/** Pages of any origin may load it; whether it still is what they have is asked each time. */
function scriptFor(c: Context, script: BuiltFile): Response {
  const headers = {
    ETag: script.etag,
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  }
  const known = (c.req.header('if-none-match') ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return known.includes(script.etag) ? new Response(null, { status: 304, headers }) : current(c, script, headers)
}

function current(c: Context, file: BuiltFile, headers: Readonly<Record<string, string>>): Response {
  return answerWith(c, file, { 'Cache-Control': 'no-cache', ...headers })
}

/** A page that asks for it is told where a developer looks, and works on without it. */
function unbuiltScript(): Response {
  const sentence =
    'Baton: the widget is not built. Build it with “npx vite build --mode widget”, then start Baton again.'
  return new Response(`console.error(${JSON.stringify(sentence)})\n`, {
    headers: {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': 'no-store',
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    },
  })
}

function unbuilt(c: Context): Response | Promise<Response> {
  return page(
    c,
    'The widget is not built',
    html`<h1>The widget is not built.</h1>
      <p>Build it with <code>npx vite build --mode widget</code>, then start Baton again.</p>`,
  )
}
