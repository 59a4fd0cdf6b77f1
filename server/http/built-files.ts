import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Context } from 'hono'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mp3': 'audio/mpeg',
}

const COMPRESSIBLE = /^(text|application\/json|image\/svg)/

export interface BuiltFile {
  readonly body: Uint8Array<ArrayBuffer>
  /** The body by gzip, made when it is first asked for; undefined where that gains nothing. */
  readonly gzip: () => Uint8Array<ArrayBuffer> | undefined
  readonly type: string
  /** With its quotes. */
  readonly etag: string
}

/** For files whose names hold a hash of what is in them. */
export const FOR_EVER = { 'Cache-Control': 'public, max-age=31536000, immutable' } as const

/** A file as the caller can read it, compressed where both can. */
export function answerWith(c: Context, file: BuiltFile, headers: Readonly<Record<string, string>>): Response {
  const gzip = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '') ? file.gzip() : undefined
  return new Response(gzip ?? file.body, {
    headers: {
      'Content-Type': file.type,
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Resource-Policy': 'same-origin',
      Vary: 'Accept-Encoding',
      ...(gzip === undefined ? {} : { 'Content-Encoding': 'gzip' }),
      ...headers,
    },
  })
}

/**
 * What `vite build` left in a folder, by the path inside it; undefined when it is not built. Read once at start: only
 * what is there can ever be asked for.
 */
export function builtFiles(folder: string): ReadonlyMap<string, BuiltFile> | undefined {
  try {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    return new Map(
      files.map((entry) => {
        const path = join(entry.parentPath, entry.name)
        return [path.slice(folder.length + 1).replaceAll('\\', '/'), fileAt(path)]
      }),
    )
  } catch {
    return undefined
  }
}

function fileAt(path: string): BuiltFile {
  const body = new Uint8Array(readFileSync(path))
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  const type = TYPES[extname(path)] ?? 'application/octet-stream'
  let gzip: Uint8Array<ArrayBuffer> | undefined
  return {
    body,
    type,
    etag,
    gzip: () => (COMPRESSIBLE.test(type) ? (gzip ??= new Uint8Array(gzipSync(body, { level: 9 }))) : undefined),
  }
}
