/** Lists of a server that runs, read to their end page after page. */
import type { z } from 'zod'
import { listOf } from '#server/http/schemas/list.ts'
import { answerAs, type RunningServer } from './running-server.ts'

export interface Page<Item> {
  readonly items: readonly Item[]
  /** Where the next one begins; null at the end. */
  readonly next: string | null
}

/** What a list is asked for; what is undefined is left out. */
type Query = Readonly<Record<string, string | undefined>>

/**
 * The pages of the list at `path`, each read when it is asked for. `by` is the parameter that says where a page begins;
 * where `query` has it, the first is that one.
 * @throws UsageError with the cure, also for a refusal
 */
export async function* pagesOf<Item extends z.ZodType>(
  server: RunningServer,
  path: string,
  item: Item,
  query: Query,
  by: 'cursor' | 'after' = 'cursor',
): AsyncGenerator<Page<z.output<Item>>> {
  const page = listOf(item)
  let asked: Query | undefined = query
  while (asked !== undefined) {
    const read: Page<z.output<Item>> = answerAs(page, JSON.parse(await server.text(`${path}?${textOf(asked)}`)))
    yield read
    asked = read.next === null ? undefined : { ...query, [by]: read.next }
  }
}

function textOf(query: Query): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, value)
  return parameters.toString()
}
