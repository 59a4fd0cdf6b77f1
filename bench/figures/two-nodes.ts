import { readFile } from 'node:fs/promises'
import type { Figure } from '../figure.ts'
import { watchedFlow } from '../flows.ts'
import { startLoader } from '../live/loader.ts'
import { onStage, withClient } from '../live/stage.ts'
import { IN_FLIGHT, lanesFor, newIds, opening } from '../live/talk.ts'
import { medianRatio } from '../rounds.ts'

const TURNS = 8
const EVENTS = IN_FLIGHT * TURNS * 2
/** CPU time in /proc is counted in hundredths of a second. */
const TICK = 10

export const twoNodes: Figure = {
  name: 'two-nodes',
  what: `durable events/s of two servers against one, ${IN_FLIGHT} in flight; load and database share the machine`,
  reach: { atLeast: 0.7 },
  unit: '',
  measure: () =>
    onStage(async (stage) => {
      const databaseUrl = await stage.database('baton_nodes')
      const flow = watchedFlow()
      const [one, other] = [await stage.baton(databaseUrl, flow), await stage.baton(databaseUrl, flow)]
      const loaders = [startLoader(stage), startLoader(stage)] as const
      const nodes = [one.process, other.process].filter((id) => id !== undefined)
      const spent = { events: 0, node: 0, database: 0 }
      const round = async (urls: readonly string[]): Promise<number> => {
        const each = urls.map((url, index) => ({ url, ids: newIds(IN_FLIGHT / urls.length), loader: loaders[index] }))
        await Promise.all(each.map(({ url, ids, loader }) => loader?.send(url, opening(flow.id, ids))))
        const backends = await backendsOf(databaseUrl)
        const before = [await cpuOf(nodes), await cpuOf(backends)] as const
        const took = await Promise.all(each.map(({ url, ids, loader }) => loader?.send(url, lanesFor(ids, TURNS))))
        spent.events += EVENTS
        spent.node += between(before[0], await cpuOf(nodes))
        spent.database += between(before[1], await cpuOf(backends))
        return Math.max(...took.map((milliseconds) => milliseconds ?? 0))
      }
      await round([one.url])
      await round([other.url])
      const ratio = await medianRatio(
        () => round([one.url]),
        () => round([one.url, other.url]),
        { rounds: 11, warmUp: 2 },
      )
      const each = (milliseconds: number): string => (milliseconds / spent.events).toFixed(2)
      process.stderr.write(
        `an event takes ${each(spent.node)} ms of CPU in Baton and ${each(spent.database)} ms in PostgreSQL\n`,
      )
      return ratio
    }),
}

/** Milliseconds of CPU that each of these processes has used; nothing where there is no /proc. */
async function cpuOf(processes: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const used = new Map<number, number>()
  for (const id of processes) {
    const stat = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => undefined)
    if (stat === undefined) continue
    // The name in brackets may hold blanks; user and system time are the 12th and 13th field after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    used.set(id, (Number(fields[11]) + Number(fields[12])) * TICK)
  }
  return used
}

/** The processes of PostgreSQL that serve this database. */
function backendsOf(databaseUrl: string): Promise<readonly number[]> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ pid: number }>(
      'select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    )
    return rows.map(({ pid }) => pid)
  })
}

/** What was used between the two, by those that lived all the while. */
function between(before: ReadonlyMap<number, number>, after: ReadonlyMap<number, number>): number {
  return [...before].reduce((sum, [id, time]) => sum + ((after.get(id) ?? time) - time), 0)
}
