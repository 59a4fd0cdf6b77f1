/** Where the keyboard goes next: fields say under which name they are reached. */
export type Place = 'search' | 'reply'

const places = new Map<Place, () => void>()
let wanted: Place | null = null

/** Says how a place is reached; returns how to take that back. Who was sent there before it was drawn arrives now. */
export function reachable(place: Place, reach: () => void): () => void {
  places.set(place, reach)
  if (wanted === place) arrive(place)
  return () => {
    if (places.get(place) === reach) places.delete(place)
  }
}

/** Goes there, at once or as soon as it is drawn: what is typed next belongs there. */
export function reach(place: Place): void {
  wanted = place
  arrive(place)
}

function arrive(place: Place): void {
  const go = places.get(place)
  if (wanted !== place || go === undefined) return
  wanted = null
  go()
}
