/**
 * The knots of a graph: sets of places that all lead to one another (strongly connected components, R. E. Tarjan, "Depth-first
 * search and linear graph algorithms", 1972). Linear, with a stack of its own: thousands of nodes are no reason to overflow.
 */

/**
 * @returns the components, each before those that lead to it; a place in no circle is a component of one
 */
export function knotsOf<Place>(
  places: Iterable<Place>,
  next: (place: Place) => Iterable<Place>,
): readonly (readonly Place[])[] {
  const search = new Search(next)
  for (const place of places) search.from(place)
  return search.knots
}

interface Visit<Place> {
  readonly place: Place
  readonly onward: Iterator<Place>
  readonly index: number
  lowest: number
}

class Search<Place> {
  readonly knots: Place[][] = []
  readonly #next: (place: Place) => Iterable<Place>
  readonly #seen = new Map<Place, Visit<Place>>()
  readonly #open = new Set<Place>()
  readonly #stack: Place[] = []
  readonly #trail: Visit<Place>[] = []

  constructor(next: (place: Place) => Iterable<Place>) {
    this.#next = next
  }

  from(place: Place): void {
    if (!this.#seen.has(place)) this.#enter(place)
    for (let top = this.#trail.at(-1); top !== undefined; top = this.#trail.at(-1)) {
      const { value, done } = top.onward.next()
      if (done === true) this.#leave(top)
      else this.#look(top, value)
    }
  }

  #enter(place: Place): void {
    const index = this.#seen.size
    const visit: Visit<Place> = { place, onward: this.#next(place)[Symbol.iterator](), index, lowest: index }
    this.#seen.set(place, visit)
    this.#open.add(place)
    this.#stack.push(place)
    this.#trail.push(visit)
  }

  #look(from: Visit<Place>, to: Place): void {
    const known = this.#seen.get(to)
    if (known === undefined) this.#enter(to)
    else if (this.#open.has(to)) from.lowest = Math.min(from.lowest, known.index)
  }

  #leave(visit: Visit<Place>): void {
    this.#trail.pop()
    const before = this.#trail.at(-1)
    if (before !== undefined) before.lowest = Math.min(before.lowest, visit.lowest)
    if (visit.lowest !== visit.index) return
    const knot = this.#stack.splice(this.#stack.lastIndexOf(visit.place))
    for (const each of knot) this.#open.delete(each)
    this.knots.push(knot)
  }
}
