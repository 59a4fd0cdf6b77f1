/** For vitest's `globalSetup`: the run's PostgreSQL, whose URL tests get with `inject('postgresUrl')`. */
import type { TestProject } from 'vitest/node'
import { startTestPostgres } from './postgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string
  }
}

/** Starts the server before the first test; vitest calls what it returns after the last. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestPostgres()
  project.provide('postgresUrl', server.url)
  return server.stop
}
