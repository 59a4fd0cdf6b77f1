/** Conversations as they stand in the middle, and designers who change a flow under them. */
import fc from 'fast-check'
import { parseFlow, type ConversationEvent, type Flow, type Happened, type Snapshot } from '#engine/index.ts'
import { hello, play, ready } from '../flows/library.ts'

/** A conversation after each of its events, on the flow that it ran on. */
export interface Run {
  readonly flow: Flow
  readonly happened: readonly Happened[]
  readonly snapshots: readonly Snapshot[]
}

/** Every scenario of the ready flows, played: hundreds of states that customers come to. */
export const runs: readonly Run[] = [hello, ...ready].flatMap(({ flow, scenarios }) =>
  scenarios.map((scenario) => runOf(play(flow, scenario))),
)

/** What happened in a simulation, event by event. */
export function runOf({
  flow,
  steps,
}: {
  readonly flow: Flow
  readonly steps: readonly { readonly snapshot: Snapshot; readonly log: readonly object[] }[]
}): Run {
  const events = steps.flatMap((step) => {
    const [entry] = step.log
    return isEvent(entry) ? [{ happened: { event: entry.event, at: entry.at }, snapshot: step.snapshot }] : []
  })
  return { flow, happened: events.map((each) => each.happened), snapshots: events.map((each) => each.snapshot) }
}

/** The last moment of a run at a node; a run that never stood there is an error of the test. */
export function momentAt(node: string, among: readonly Run[]): { readonly flow: Flow; readonly snapshot: Snapshot } {
  for (const { flow, snapshots } of among) {
    const snapshot = snapshots.findLast((each) => each.state.endsWith(`.${node}`))
    if (snapshot !== undefined) return { flow, snapshot }
  }
  throw new Error(`No run stood at “${node}”.`)
}

function isEvent(entry: object | undefined): entry is { readonly event: ConversationEvent; readonly at: number } {
  return entry !== undefined && 'event' in entry
}

/** A moment of a run, told shortly where a law fails. */
export interface Moment {
  readonly flow: Flow
  readonly snapshot: Snapshot
  readonly of: Run
  readonly at: number
}
export const moment: fc.Arbitrary<Moment> = fc.tuple(fc.nat(runs.length - 1), fc.nat()).map(([index, nth]) => {
  const of = runs[index]
  const at = nth % (of?.snapshots.length ?? 1)
  const snapshot = of?.snapshots[at]
  if (of === undefined || snapshot === undefined) throw new Error('A run without a moment.')
  return Object.assign(
    { flow: of.flow, snapshot, of, at },
    { [fc.toStringMethod]: () => `${of.flow.id}, run ${index}, event ${at}: ${snapshot.state}` },
  )
})

interface DraftNode {
  id: string
  readonly type: string
  position: { x: number; y: number }
  data: Record<string, unknown>
}
/** A document in which everything may be written on. */
export interface Draft {
  nodes: DraftNode[]
  edges: { id: string; source: string; target: string; sourceHandle: string }[]
  variables: Record<string, { type: string }>
}
/** What a designer does; `near` is the node at which a customer stands. */
export interface Edit {
  readonly name: string
  apply(draft: Draft, near: string): void
}

/** The flow after some edits; undefined where they leave no document that can be read. */
export function edited(flow: Flow, edits: readonly Edit[], { state }: Pick<Snapshot, 'state'>): Flow | undefined {
  // A flow is its document: plain JSON.
  const draft = JSON.parse(JSON.stringify(flow)) as Draft
  for (const edit of edits) edit.apply(draft, state.slice(state.indexOf('.') + 1))
  const parsed = parseFlow(draft)
  return parsed.ok ? parsed.flow : undefined
}

/** A text of any node, but not what programs read: an address that is called is no text for people. */
export const textEdit = onNode('other words', (node) => {
  for (const key of ['text', 'updateText', 'retryText', 'intro', 'commentText'])
    if (typeof node.data[key] === 'string') node.data[key] = 'Other words.'
})
export const labelEdit = onNode('other labels', (node) => {
  for (const key of ['choices', 'intents', 'links', 'quickReplies'])
    for (const each of listIn(node, key)) if ('label' in each) each['label'] = 'Another label'
})
export const layoutEdit = onNode('elsewhere', (node) => {
  node.position = { x: 7, y: -7 }
})

/** Whatever a designer may do, harmless or not; what led to a node that is taken out leads to the end. */
export const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  textEdit,
  labelEdit,
  layoutEdit,
  onNode('renamed', (node) => {
    node.id = `${node.id}2`
  }),
  onNode('taken out', (node, draft) => {
    draft.nodes.splice(draft.nodes.indexOf(node), 1)
  }),
  onNode('another team', (node) => {
    if (node.type === 'queue') node.data['team'] = 'others'
  }),
  onNode('other times', (node) => {
    for (const key of [
      'idleAfter',
      'maxWait',
      'timeout',
      'silentAfter',
      'goneAfter',
      'updateEvery',
      'for',
      'sameAgent',
    ])
      if (key in node.data) node.data[key] = '7m'
  }),
  ...['updateText', 'sla', 'sameAgent', 'relax', 'botHelps', 'collect', 'attempts', 'check', 'scale'].map((key) =>
    onNode(`without ${key}`, (node) => {
      delete node.data[key]
    }),
  ),
  ...['choices', 'intents', 'rungs'].map((key) =>
    onNode(`the first of ${key} is gone`, (node) => {
      if (key in node.data) node.data[key] = listIn(node, key).slice(1)
    }),
  ),
  onNode('asks once', (node) => {
    if (node.type === 'ask') node.data['attempts'] = 1
  }),
  onNode('another bot', (node) => {
    if (node.type === 'listen') node.data['bot'] = 'other'
  }),
  onNode('an intent more', (node, draft) => {
    const end = endOf(draft)
    if (node.type !== 'listen' || end === undefined || listIn(node, 'intents').some((each) => each['id'] === 'novel'))
      return
    node.data['intents'] = [...listIn(node, 'intents'), { id: 'novel' }]
    draft.edges.push({
      ...draft.edges[0],
      id: `novel-${node.id}`,
      source: node.id,
      sourceHandle: 'intent:novel',
      target: end,
    })
  }),
  onNode('more deadlines', (node) => {
    if (node.type === 'queue')
      Object.assign(node.data, { updateText: 'Still here.', sla: { firstResponse: '3m' }, sameAgent: '1m' })
  }),
  edit('a variable of another type', (draft, at) => {
    const name = nth(Object.keys(draft.variables), at)
    if (name !== undefined) draft.variables[name] = { type: at % 2 === 0 ? 'number' : 'list' }
  }),
  edit('an edge to the end', (draft, at) => {
    const edge = nth(draft.edges, at)
    if (edge !== undefined) edge.target = endOf(draft) ?? edge.target
  }),
)

function edit(name: string, apply: (draft: Draft, at: number, near: string) => void): fc.Arbitrary<Edit> {
  return fc.nat().map((at) => ({
    name,
    apply: (draft, near) => apply(draft, at, near),
    [fc.toStringMethod]: () => `${name} (${at})`,
  }))
}

/** Every third time the node at which the customer stands. */
function onNode(name: string, change: (node: DraftNode, draft: Draft) => void): fc.Arbitrary<Edit> {
  return edit(name, (draft, at, near) => {
    const node = (at % 3 === 0 ? draft.nodes.find((each) => each.id === near) : undefined) ?? nth(draft.nodes, at)
    if (node === undefined || node.type === 'start') return
    const { id } = node
    change(node, draft)
    const known = new Set(draft.nodes.map((each) => each.id))
    draft.edges = draft.edges.flatMap((edge) => {
      const source = edge.source === id ? node.id : edge.source
      const target = edge.target === id ? node.id : edge.target
      const moved = { ...edge, source, target: known.has(target) ? target : (endOf(draft) ?? '') }
      return known.has(moved.source) && known.has(moved.target) && isOutlet(draft, moved) ? [moved] : []
    })
  })
}

/** What is taken out of a node takes its edge along. */
function isOutlet(draft: Draft, { source, sourceHandle }: Draft['edges'][number]): boolean {
  const node = draft.nodes.find((each) => each.id === source)
  const [kind, id] = sourceHandle.split(':')
  if (node === undefined) return false
  if (sourceHandle === 'breached') return node.data['sla'] !== undefined
  if (sourceHandle === 'helped') return node.data['botHelps'] === true
  return id === undefined || kind === 'case' || listIn(node, `${kind}s`).some((each) => each['id'] === id)
}

function endOf(draft: Draft): string | undefined {
  return draft.nodes.find((node) => node.type === 'close')?.id
}

/** The objects of a list in a node's data; none where it has no such list. */
function listIn(node: DraftNode, key: string): Record<string, unknown>[] {
  const list = node.data[key]
  return Array.isArray(list)
    ? list.filter((each): each is Record<string, unknown> => typeof each === 'object' && each !== null)
    : []
}

function nth<Item>(list: readonly Item[], at: number): Item | undefined {
  return list[at % Math.max(1, list.length)]
}
