import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { Hono } from 'hono'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.woff2': 'font/woff2', '.json': 'application/json', '.map': 'application/json',
}

// Mantine sets styles on elements; nothing but our own files is ever run.
const POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:", "font-src 'self'",
  "connect-src 'self'", "worker-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
].join('; ')

interface Asset { readonly body: Uint8Array<ArrayBuffer>; readonly type: string }

/**
 * The designers' app, as `vite build` left it in `folder`: its page at `/` and `/flows/<id>`, its files under `/assets`.
 * Read once at start: only what is in the folder can ever be asked for. Undefined when it is not built.
 */
export function editorApp(folder: string) {
  const assets = read(folder)
  const index = assets?.get('index.html')
  if (assets === undefined || index === undefined) return undefined
  const page = () => new Response(index.body, { headers: { 'Content-Type': index.type, 'Cache-Control': 'no-cache', 'Content-Security-Policy': POLICY, 'Referrer-Policy': 'no-referrer' } })
  return new Hono()
    .get('/', page)
    .get('/flows/:id', page)
    .get('/assets/:file{.+}', (c, next) => {
      const asset = assets.get(`assets/${c.req.param('file')}`)
      // Their names hold a hash of what is in them.
      return asset === undefined ? next() : Promise.resolve(new Response(asset.body, { headers: { 'Content-Type': asset.type, 'Cache-Control': 'public, max-age=31536000, immutable', 'X-Content-Type-Options': 'nosniff' } }))
    })
}

function read(folder: string): ReadonlyMap<string, Asset> | undefined {
  try {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    return new Map(files.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [path.slice(folder.length + 1).replaceAll('\\', '/'), { body: new Uint8Array(readFileSync(path)), type: TYPES[extname(path)] ?? 'application/octet-stream' }]
    }))
  } catch {
    return undefined
  }
}
