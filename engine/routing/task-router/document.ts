/** A TaskRouter workflow as its JSON says, every value of the kind that is meant. */
import { z } from 'zod'
import { pointer, type Fault } from '../../flow/fault.ts'
import { sentence } from '../../flow/sentence.ts'
import { isRecord } from '../../flow/values.ts'

/** TaskRouter takes numbers as texts too. */
const whole = (least: number, message: string) =>
  z
    .union(
      [
        z.number(),
        z
          .string()
          .regex(/^-?\d{1,9}$/, message)
          .transform(Number),
      ],
      { error: message },
    )
    .refine((value) => Number.isInteger(value) && value >= least, message)

const expression = z.string()
const target = z.strictObject({
  queue: z.string().min(1, 'must name a queue').max(200).optional(),
  expression: expression.optional(),
  priority: whole(-1e9, 'must be a whole number').optional(),
  timeout: whole(1, 'must be whole seconds, 1 or more').optional(),
  order_by: z.string().optional(),
  skip_if: expression.optional(),
  known_worker_sid: z.string().nullable().optional(),
  known_worker_friendly_name: z.string().nullable().optional(),
})
export type TargetShape = z.infer<typeof target>

const filter = z.strictObject({
  filter_friendly_name: z.string().optional(),
  friendly_name: z.string().optional(),
  expression: z.string({ error: 'must say which tasks are meant; write “1==1” for all' }),
  targets: z.array(target).min(1, 'must hold a target').max(50, 'must hold 50 targets at most'),
})

const routing = z.strictObject({
  filters: z.array(filter).max(200, 'must hold 200 filters at most; part the workflow').default([]),
  default_filter: target.nullable().optional(),
})
export type Workflow = z.infer<typeof routing>

export type ReadWorkflow =
  | { readonly ok: true; readonly workflow: Workflow; readonly name: string | null; readonly base: readonly string[] }
  | { readonly ok: false; readonly faults: readonly Fault[] }

/**
 * Reads a workflow's configuration, alone or within the workflow as the API gives it, where it may be a text.
 * `base` is the path to the filters, for pointers.
 */
export function readWorkflow(input: unknown): ReadWorkflow {
  const found = find(input)
  if (found === undefined) {
    const message = 'It must hold “task_routing” with “filters” or a “default_filter”, as a TaskRouter workflow does'
    return { ok: false, faults: [{ pointer: '', node: null, message }] }
  }
  const read = routing.safeParse(found.routing)
  if (read.success) return { ok: true, workflow: read.data, name: found.name, base: found.base }
  const faults = read.error.issues.map((issue): Fault => ({
    pointer: pointer([...found.base, ...issue.path]),
    node: null,
    message: sentence(issue),
  }))
  return { ok: false, faults }
}

/** Whether a document is meant as a TaskRouter workflow, however faulty. */
export function isTaskRouterWorkflow(input: unknown): boolean {
  return find(input) !== undefined
}

interface Found {
  readonly routing: unknown
  readonly name: string | null
  readonly base: readonly string[]
}

function find(input: unknown): Found | undefined {
  if (!isRecord(input)) return undefined
  const { configuration, friendly_name: name, friendlyName } = input
  const title = [name, friendlyName].find((each) => typeof each === 'string') ?? null
  if (configuration === undefined) return within(input, title, [])
  return within(typeof configuration === 'string' ? parsed(configuration) : configuration, title, ['configuration'])
}

function within(input: unknown, name: string | null, base: readonly string[]): Found | undefined {
  if (!isRecord(input)) return undefined
  if (input['task_routing'] !== undefined)
    return { routing: input['task_routing'], name, base: [...base, 'task_routing'] }
  const isBare = Array.isArray(input['filters']) && !Object.hasOwn(input, 'nodes')
  return isBare ? { routing: input, name, base } : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
