/** What is to come, earliest first; of two at the same time, the one that was entered first. */
export interface Agenda<Item> {
  readonly add: (at: number, item: Item) => void
  /** When the next one is due; undefined when nothing is to come. */
  readonly due: () => number | undefined
  /** The next one, and when it is due; undefined when nothing is to come. */
  readonly take: () => Due<Item> | undefined
}

export interface Due<Item> {
  readonly at: number
  readonly item: Item
}

/** A binary heap: entering and taking cost the logarithm of what is to come. */
export function createAgenda<Item>(): Agenda<Item> {
  const heap: Entry<Item>[] = []
  let entered = 0
  return {
    add(at, item) {
      heap.push({ at, order: entered++, item })
      rise(heap, heap.length - 1)
    },
    due: () => heap[0]?.at,
    take() {
      const last = heap.pop()
      const first = heap[0]
      if (first === undefined || last === undefined) return last
      heap[0] = last
      sink(heap)
      return first
    },
  }
}

interface Entry<Item> extends Due<Item> {
  readonly order: number
}

function rise<Item>(heap: Entry<Item>[], from: number): void {
  let index = from
  while (index > 0) {
    const above = (index - 1) >> 1
    if (!swapIfBefore(heap, index, above)) return
    index = above
  }
}

function sink<Item>(heap: Entry<Item>[]): void {
  let index = 0
  for (;;) {
    const left = 2 * index + 1
    const below = isBefore(heap[left + 1], heap[left]) ? left + 1 : left
    if (!swapIfBefore(heap, below, index)) return
    index = below
  }
}

function swapIfBefore<Item>(heap: Entry<Item>[], lower: number, upper: number): boolean {
  const one = heap[lower]
  const other = heap[upper]
  if (one === undefined || other === undefined || !isBefore(one, other)) return false
  heap[lower] = other
  heap[upper] = one
  return true
}

function isBefore<Item>(one: Entry<Item> | undefined, other: Entry<Item> | undefined): boolean {
  if (one === undefined || other === undefined) return false
  return one.at < other.at || (one.at === other.at && one.order < other.order)
}
