import { Hono, type Context } from 'hono'
import { html } from 'hono/html'
import { answerWith, builtFiles, FOR_EVER, type BuiltFile } from '../built-files.ts'
import { appPolicy, PAGE } from '../headers.ts'
import { page } from '../pages/page.ts'

// Files of conversations are shown from memory.
const POLICY = appPolicy("media-src 'self' blob: data:")

/** The agents' desk as `vite build --mode desk` left it in `folder`: its page at `/desk` and below, its files beside. */
export function deskApp(folder: string): Hono {
  const files = builtFiles(folder)
  const index = files?.get('index.html')
  const answer = (c: Context) => (index === undefined ? unbuilt(c) : shown(c, index))
  return new Hono()
    .get('/desk', answer)
    .get('/desk/assets/:file{.+}', (c, next) => {
      const asset = files?.get(`assets/${c.req.param('file')}`)
      return asset === undefined ? next() : Promise.resolve(answerWith(c, asset, FOR_EVER))
    })
    .get('/desk/:place{.*}', (c, next) => (c.req.param('place').startsWith('assets/') ? next() : answer(c)))
}

function shown(c: Context, index: BuiltFile): Response {
  return answerWith(c, index, {
    ...PAGE,
    'Content-Security-Policy': POLICY,
  })
}

function unbuilt(c: Context): Response | Promise<Response> {
  return page(
    c,
    'The desk is not built',
    html`<h1>The desk is not built.</h1>
      <p>Build it with <code>npx vite build --mode desk</code>, then start Baton again.</p>`,
  )
}
