import { cp, mkdtemp, chmod, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '#server/store/embedded/port.ts'
import { topFolder } from '#server/top-folder.ts'
import { startServer } from '#test/server/crash/started-server.ts'
import type { Figure } from '../figure.ts'
import { ADMIN_KEY } from '../live/administrator.ts'
import { median } from '../rounds.ts'

const STARTS = 9
const FLOWS = join(topFolder, 'flows')

export const warmStart: Figure = {
  name: 'warm-start',
  what: '“baton serve” on its data folder until /health/ready',
  reach: { atMost: 3 },
  unit: 's',
  async measure() {
    const folder = await mkdtemp(join(tmpdir(), 'baton-bench-'))
    try {
      // The postmaster of a run as root is another user and must get through.
      await chmod(folder, 0o711)
      await cp(FLOWS, join(folder, 'flows'), { recursive: true })
      const settings = {
        port: await freePort(),
        adminKey: ADMIN_KEY,
        dataDir: join(folder, 'data'),
        flowsDir: join(folder, 'flows'),
      }
      const start = async (): Promise<number> => {
        const from = performance.now()
        const server = await startServer(settings)
        const seconds = (performance.now() - from) / 1_000
        await server.stop()
        return seconds
      }
      await start()
      const seconds: number[] = []
      while (seconds.length < STARTS) seconds.push(await start())
      return median(seconds)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}
