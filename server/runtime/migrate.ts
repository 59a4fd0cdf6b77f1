/**
 * Running conversations and a version of their flow that they do not run on: who would move to it, who stays and why, and
 * the move itself. Who moves is for the engine to prove (`engine/migration`); here they are found, counted and moved.
 *
 * Laws:
 *   1. A preview counts every one, as it stands when it is looked at, and changes nothing. What is true of all that stand
 *      in a state is not looked up one by one; the others are read a page at a time.
 *   2. Each moves all or not at all, in a transaction of its own; asking again does no harm.
 */
import { migrationOf, NoteCount, type Flow, type Judgement, type Migration, type Snapshot } from '#engine/index.ts'
import type pg from 'pg'
import type { FlowStore } from '../store/flows.ts'
import type { Acceptor } from './accept.ts'
import { RuntimeError } from './runtime.ts'
import { reading } from './write.ts'

export interface Migrations {
  /** @param version of the target, where it is published: who runs on it already is left out */
  preview(to: Flow, version: number | null): Promise<MigrationPreview>
  move(flow: string, version: number, which?: MoveWhich): Promise<Moved>
}

export interface MigrationPreview {
  readonly moves: readonly {
    readonly from: number
    readonly state: string
    readonly to: string
    readonly count: number
    readonly notes: readonly string[]
  }[]
  readonly stays: readonly {
    readonly from: number
    readonly state: string
    readonly count: number
    readonly why: string
    readonly conversations: readonly string[]
  }[]
}

export interface MoveWhich {
  /** Only these; all that run on other versions when left out. */
  readonly conversations?: readonly string[]
  /** How many are moved at most. */
  readonly limit?: number
}

export interface Moved {
  readonly moved: readonly string[]
  readonly stayed: readonly { readonly conversation: string; readonly why: string }[]
  /** How many were not looked at any more. */
  readonly left: number
}

interface MigrationsDeps {
  readonly pool: pg.Pool
  readonly flows: Pick<FlowStore, 'version'>
  readonly acceptor: Pick<Acceptor, 'move'>
}

const PAGE = 100
/** Of those that stay for one reason, so many are named in a preview. */
const NAMED = 20
const LIMIT = 200
/** Looked at in one call that has moved somebody already. */
const LOOKED = 5_000
/** Of those that stay, so many are named in the answer to a move. */
const LISTED = 1_000
/** Moved side by side. */
const TOGETHER = 8

export function createMigrations({ pool, flows, acceptor }: MigrationsDeps): Migrations {
  /** Who runs on other versions, by version and state, in the order of their ids. */
  async function standing(flow: string, version: number | null): Promise<readonly Standing[]> {
    const { rows } = await reading(() =>
      pool.query<Standing>(
        `select flow_version as version, state, json_agg(id order by id) as ids from baton.conversations
         where flow = $1 and closed_at is null and flow_version <> coalesce($2, -1)
         group by flow_version, state order by flow_version, state`,
        [flow, version],
      ),
    )
    return rows
  }

  async function snapshots(ids: readonly string[]): Promise<readonly Snapshot[]> {
    const { rows } = await reading(() =>
      pool.query<{ snapshot: string }>('select snapshot from baton.conversations where id = any($1) order by id', [
        ids,
      ]),
    )
    // Only `commit_event` writes this column, from a Snapshot.
    return rows.map((row) => JSON.parse(row.snapshot) as Snapshot)
  }

  async function migrationFrom(to: Flow, version: number): Promise<Pick<Migration, 'of' | 'judge'>> {
    const from = await flows.version(to.id, version)
    const gone: Judgement = {
      moves: false,
      why: `version ${version}, on which it runs, is gone; bring it back from a backup`,
    }
    return from ? migrationOf(from, to) : { of: () => gone, judge: () => gone }
  }

  /** All that run on other versions, in the order of their ids. */
  async function others(flow: string, version: number): Promise<readonly string[]> {
    const { rows } = await reading(() =>
      pool.query<{ ids: readonly string[] }>(
        `select coalesce(json_agg(id order by id), '[]') as ids from baton.conversations
         where flow = $1 and closed_at is null and flow_version <> $2`,
        [flow, version],
      ),
    )
    return rows[0]?.ids ?? []
  }

  /** Why some of those that were asked for by name cannot be of this flow. */
  async function strangers(flow: string, ids: readonly string[]): Promise<Moved['stayed']> {
    const { rows } = await reading(() =>
      pool.query<{ id: string; flow: string }>('select id, flow from baton.conversations where id = any($1)', [ids]),
    )
    const flows = new Map(rows.map((row) => [row.id, row.flow]))
    return ids.flatMap((conversation) => {
      const other = flows.get(conversation)
      if (other === flow) return []
      return [
        { conversation, why: other === undefined ? 'there is no such conversation' : `it runs on the flow “${other}”` },
      ]
    })
  }

  /** Null when it runs on that version now, else why it stays. */
  async function moveTo(version: number, id: string): Promise<string | null> {
    try {
      const outcome = await acceptor.move(id, version)
      return outcome.moves ? null : outcome.why
    } catch (error) {
      // It is gone, or its version is; the others move.
      if (error instanceof RuntimeError && (error.code === 'not-found' || error.code === 'unpublished'))
        return error.message
      throw error
    }
  }

  return {
    async preview(to, version) {
      const tally = new Tally()
      for (const { version: from, state, ids } of await standing(to.id, version)) {
        const migration = await migrationFrom(to, from)
        const all = migration.of(state)
        if (all !== undefined) tally.add(from, state, all, ids)
        else
          for (let at = 0; at < ids.length; at += PAGE)
            for (const snapshot of await snapshots(ids.slice(at, at + PAGE)))
              // Who has ended or moved since they were listed is nobody's business any more.
              if (!snapshot.closed && snapshot.flow.version === from)
                tally.add(from, snapshot.state, migration.judge(snapshot), [snapshot.conversation])
      }
      return tally.preview()
    },
    async move(flow, version, { conversations, limit = LIMIT } = {}) {
      const named = conversations && [...new Set(conversations)]
      const stayed = named === undefined ? [] : [...(await strangers(flow, named))]
      const strange = new Set(stayed.map((each) => each.conversation))
      const candidates = named?.filter((id) => !strange.has(id)) ?? (await others(flow, version))
      const moved: string[] = []
      let looked = 0
      while (looked < candidates.length && moved.length < limit && (looked < LOOKED || moved.length === 0)) {
        const round = candidates.slice(looked, looked + Math.min(TOGETHER, limit - moved.length))
        looked += round.length
        const whys = await Promise.all(round.map((id) => moveTo(version, id)))
        round.forEach((conversation, index) => {
          const why = whys[index] ?? null
          if (why === null) moved.push(conversation)
          else stayed.push({ conversation, why })
        })
      }
      return { moved, stayed: stayed.slice(0, LISTED), left: candidates.length - looked }
    },
  }
}

interface Standing {
  readonly version: number
  readonly state: string
  readonly ids: readonly string[]
}

/** Verdicts, counted by version, state and reason. */
class Tally {
  readonly #moves = new Map<
    string,
    { readonly from: number; readonly state: string; count: number; readonly notes: NoteCount }
  >()
  readonly #stays = new Map<
    string,
    {
      readonly from: number
      readonly state: string
      readonly why: string
      count: number
      readonly conversations: string[]
    }
  >()

  add(from: number, state: string, verdict: Judgement, ids: readonly string[]): void {
    if (verdict.moves) {
      const row = upsert(this.#moves, `${from} ${state}`, () => ({ from, state, count: 0, notes: new NoteCount() }))
      row.count += ids.length
      row.notes.add(verdict.notes)
    } else {
      const { why } = verdict
      const row = upsert(this.#stays, `${from} ${state} ${why}`, () => ({
        from,
        state,
        why,
        count: 0,
        conversations: [],
      }))
      row.count += ids.length
      row.conversations.push(...ids.slice(0, NAMED - row.conversations.length))
    }
  }

  preview(): MigrationPreview {
    return {
      // A state keeps its name: a node that is called otherwise is another node.
      moves: [...this.#moves.values()].map(({ notes, ...row }) => ({
        ...row,
        to: row.state,
        notes: notes.sentences(),
      })),
      stays: [...this.#stays.values()],
    }
  }
}

function upsert<Row>(rows: Map<string, Row>, key: string, begin: () => Row): Row {
  const known = rows.get(key)
  if (known !== undefined) return known
  const row = begin()
  rows.set(key, row)
  return row
}
