/** A server that runs as its operator runs it, a program on a data folder and a PostgreSQL, and can crash. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '#server/store/embedded/port.ts'
import type { Flow } from '#engine/index.ts'
import { installIn } from '../driver/installed.ts'
import { freshDatabase } from '../driver/postgres.ts'
import { serverAt, type TestServer } from '../driver/server.ts'
import { startServer } from '../server/crash/started-server.ts'

export interface ServerProcess extends TestServer {
  /** `kill -9`; nothing answers from then on. */
  dies(): Promise<void>
  /** Starts it anew, at the same address on the same data. */
  starts(): Promise<void>
}

export async function startProcess(flow: Flow): Promise<ServerProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-handoff-'))
  const flowsDir = join(folder, 'flows')
  await mkdir(flowsDir)
  await writeFile(join(flowsDir, `${flow.id}.flow.json`), JSON.stringify(flow))
  const database = await freshDatabase()
  const adminKey = 'the-key-of-the-tests-admin'
  const settings = {
    port: await freePort(),
    program: await installIn(folder),
    dataDir: join(folder, 'data'),
    databaseUrl: database.url,
    flowsDir,
    adminKey,
  }
  let server = await startServer(settings)
  return {
    ...serverAt(server.url, adminKey),
    dies: () => server.kill(),
    async starts() {
      server = await startServer(settings)
    },
    async close() {
      await server.stop()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
