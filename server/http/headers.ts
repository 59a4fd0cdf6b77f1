/**
 * What every answer of the API carries: it is data, for nobody’s cache, and no browser may take it for anything else.
 */
export const SECURE = { 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' } as const
