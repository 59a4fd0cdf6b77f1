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
