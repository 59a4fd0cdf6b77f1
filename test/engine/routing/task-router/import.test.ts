import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { check, parseFlow, type Flow } from '#engine/index.ts'
import { importTaskRouter } from '#engine/routing/task-router/index.ts'
import { simulate, type Simulation } from '#engine/simulate/index.ts'
import { documentOf, expressions, QUEUES, tasks, workflows, type RandomWorkflow, type Task } from './arbitrary.ts'
import { queueAfter } from './oracle.ts'

const staffs = fc.subarray(QUEUES)

describe('an imported TaskRouter workflow', () => {
  it('law 1: sends every task to the queue that TaskRouter sends it to', () => {
    fc.assert(
      fc.property(workflows, tasks, staffs, (workflow, task, staff) => {
        expect(queueIn(begun(workflow, task, staff), workflow)).toEqual(expected(workflow, task, staff, 0))
      }),
      { numRuns: 100 },
    )
  })

  it('law 2: is where TaskRouter has the task after any time that nobody takes it', () => {
    const times = fc.constantFrom(5, 15, 25, 35, 55, 95, 125, 185, 365)
    fc.assert(
      fc.property(workflows, tasks, staffs, times, (workflow, task, staff, seconds) => {
        const later = begun(workflow, task, staff).skip(seconds * 1000)
        expect(teamsIn(later, workflow)).toContain(expected(workflow, task, staff, seconds))
      }),
      { numRuns: 200 },
    )
  })

  it('law 3: a filter matches exactly the tasks that its expression holds for', () => {
    fc.assert(
      fc.property(expressions, fc.array(tasks, { minLength: 5, maxLength: 5 }), (matches, several) => {
        const workflow = { filters: [{ matches, targets: [{ queue: 'WQsales' }] }], otherwise: 'WQsupport' }
        const { flow } = imported(workflow)
        for (const task of several) {
          const queue = matches.holds(task) ? 'WQsales' : 'WQsupport'
          expect(queueIn(simulate(flow, { variables: known(task, flow) }), workflow)).toBe(queue)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('law 4: is a flow without an error, where no two nodes stand in one place', () => {
    fc.assert(
      fc.property(workflows, (workflow) => {
        const { flow } = imported(workflow)
        expect(check(flow).filter((each) => each.severity === 'error')).toEqual([])
        expect(new Set(flow.nodes.map(({ position }) => `${position.x} ${position.y}`)).size).toBe(flow.nodes.length)
      }),
      { numRuns: 100 },
    )
  })
})

describe('whatever is brought in', () => {
  const scrap = fc.constantFrom(
    'worker.x',
    'type ==',
    '(((',
    '[1,',
    "'open",
    'NOT a',
    'a = 1',
    'x-y == 1',
    'worker.sid == task.agent',
    '1==1 OR a',
    'a[0][1].b == 1',
    'worker.languages HAS task.language',
    '__proto__ == 1',
    'constructor == 1',
    'worker.levels.x >= 11',
    'a == 1 AND a == "1"',
    '\u0000',
    '🙂 == 1',
  )
  const anything = fc.oneof(scrap, fc.string({ unit: 'binary', maxLength: 30 }), fc.jsonValue({ maxDepth: 1 }))
  const target = fc.dictionary(
    fc.constantFrom('queue', 'expression', 'priority', 'timeout', 'order_by', 'skip_if', 'known_worker_sid', 'colour'),
    anything,
    { maxKeys: 4 },
  )
  const filter = fc.record(
    {
      filter_friendly_name: anything,
      expression: anything,
      targets: fc.oneof(fc.array(target, { maxLength: 3 }), anything),
    },
    { requiredKeys: [] },
  )
  // Of the right shape throughout, so that what it says is read too.
  const wellShaped = fc.record({
    task_routing: fc.record({
      filters: fc.array(
        fc.record({
          expression: scrap,
          targets: fc.array(
            fc.record(
              {
                queue: scrap,
                expression: scrap,
                skip_if: scrap,
                order_by: scrap,
                timeout: fc.nat(100),
                priority: fc.nat(150),
              },
              { requiredKeys: ['queue'] },
            ),
            { minLength: 1, maxLength: 2 },
          ),
        }),
        { maxLength: 2 },
      ),
      default_filter: fc.record({ queue: scrap }),
    }),
  })
  const document = fc.oneof(
    wellShaped,
    fc.jsonValue(),
    fc.record({
      task_routing: fc.record({
        filters: fc.array(filter, { maxLength: 3 }),
        default_filter: fc.oneof(target, anything),
      }),
    }),
    fc.record({ configuration: fc.oneof(anything, fc.record({ filters: fc.array(filter, { maxLength: 2 }) })) }),
  )

  it('law 5: becomes a flow that can be saved, or faults with their place; it never throws', () => {
    fc.assert(
      fc.property(document, (given) => {
        const result = importTaskRouter(given)
        if (result.ok) expect(parseFlow(result.flow).ok).toBe(true)
        else
          for (const { pointer, message } of result.faults)
            expect([pointer, message]).toEqual([expect.stringMatching(/^(\/|$)/), expect.stringMatching(/.{10}/)])
        if (!result.ok) expect(result.faults.length).toBeGreaterThan(0)
      }),
      { numRuns: 500 },
    )
  })

  it('law 6: comes out the same each time', () => {
    const isAlike = (given: unknown) => {
      expect(importTaskRouter(given)).toEqual(importTaskRouter(given))
    }
    fc.assert(fc.property(document, isAlike), { numRuns: 100 })
  })
})

interface Imported {
  readonly flow: Flow
  /** The TaskQueues by their teams. */
  readonly teams: ReadonlyMap<string, string>
}

const kept = new WeakMap<RandomWorkflow, Imported>()

function imported(workflow: RandomWorkflow): Imported {
  const known = kept.get(workflow)
  if (known !== undefined) return known
  const found = brought(workflow)
  kept.set(workflow, found)
  return found
}

function brought(workflow: RandomWorkflow): Imported {
  const result = importTaskRouter(documentOf(workflow))
  expect.assert(result.ok, JSON.stringify(result))
  const parsed = parseFlow(result.flow)
  expect.assert(parsed.ok)
  return { flow: parsed.flow, teams: new Map(result.teams.map(({ id, queue }) => [id, queue])) }
}

/** A conversation with the task's attributes, while those who work for some of the queues are online. */
function begun(workflow: RandomWorkflow, task: Task, staff: readonly string[]): Simulation {
  const { flow, teams } = imported(workflow)
  const agents = [...teams].map(([id, queue]) => ({
    id: `of-${id}`,
    name: queue,
    teams: [id],
    online: staff.includes(queue),
  }))
  return simulate(flow, { variables: known(task, flow), agents })
}

/** The attributes that the flow declares, as a conversation is begun with. NULL is what is not there. */
function known(task: Task, { variables }: Flow) {
  const given = Object.entries(task).filter(([name, value]) => Object.hasOwn(variables, name) && value !== null)
  // An attribute that is compared with no value that tells its kind is a text.
  fc.pre(given.every(([name, value]) => variables[name]?.type !== 'text' || typeof value === 'string'))
  return Object.fromEntries(given)
}

/** The TaskQueue for which it waits; null once it leaves a message. */
function queueIn(simulation: Simulation, workflow: RandomWorkflow): string | null {
  const { state, machine } = simulation.snapshot
  if (state === 'queued.leaveMessage') return null
  expect(state).toBe(`queued.${machine.context.waiting?.node}`)
  return imported(workflow).teams.get(machine.context.waiting?.team ?? '') ?? 'none of the teams'
}

/** All the TaskQueues whose workers may take it. */
function teamsIn(simulation: Simulation, workflow: RandomWorkflow): readonly (string | null)[] {
  const { teams } = imported(workflow)
  const opened = simulation.snapshot.machine.context.waiting?.teams ?? []
  const first = queueIn(simulation, workflow)
  return first === null ? [null] : [first, ...opened.map((id) => teams.get(id) ?? 'none of the teams')]
}

function expected(workflow: RandomWorkflow, task: Task, staff: readonly string[], seconds: number): string | null {
  return queueAfter(workflow, task, new Set(staff), seconds)
}
