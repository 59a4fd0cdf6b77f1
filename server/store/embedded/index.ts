export { startEmbedded } from './start.ts'
export type { EmbeddedOptions, EmbeddedPostgres } from './start.ts'
export { EmbeddedPostgresError } from './fault.ts'
export type { EmbeddedFaultCode } from './fault.ts'
