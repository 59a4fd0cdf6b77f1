/**
 * What every answer of the API carries: it is data, for nobody’s cache, and no browser may take it for anything else or
 * put it into a page of another origin (a page that may call asks by CORS, to which the last one does not apply).
 */
export const SECURE = {
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const

/** What every page of ours carries beside its own Content-Security-Policy: it shares neither window nor address. */
export const PAGE = {
  'Cache-Control': 'no-cache',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
} as const

/**
 * The policy of an app of ours, with what it needs beside: nothing but our own files is ever run, and no text becomes
 * HTML or a program (`ui/trusted-types.ts`). Mantine sets styles on elements.
 */
export function appPolicy(...more: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
    ...more,
  ].join('; ')
}
