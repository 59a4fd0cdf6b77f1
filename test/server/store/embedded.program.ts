/** A server to be killed in tests: starts PostgreSQL in the folder it is given, says so in JSON, and stays. */
import { startEmbedded, EmbeddedPostgresError } from '#server/store/embedded/index.ts'

const [dataDir = ''] = process.argv.slice(2)
try {
  const lines: string[] = []
  const server = await startEmbedded({ dataDir, log: (line) => lines.push(line) })
  const keepAlive = setInterval(() => undefined, 60_000)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => void server.stop().then(() => clearInterval(keepAlive)))
  }
  process.on('SIGUSR2', () => process.exit(3))
  process.stdout.write(`${JSON.stringify({ url: server.url, lines: lines.join('\n') })}\n`)
} catch (error) {
  const known = error instanceof EmbeddedPostgresError
  const fault = known ? { code: error.code, cure: error.cure } : { code: String(error) }
  process.stdout.write(`${JSON.stringify(fault)}\n`)
}
