/** A JSON document, changed at some places in hostile ways. */
import type { Chance } from './chance.ts'
import { celBomb, evilKeys, evilTexts, evilValue, liquidBomb, runningBombs, withKey } from './evil.ts'

interface Place {
  readonly holder: object
  readonly key: string
  readonly value: unknown
}

/** A copy with one to five changes. */
export function mutated(document: unknown, chance: Chance): unknown {
  // A copy: what was JSON stays it.
  const copy: unknown = JSON.parse(JSON.stringify({ document }))
  for (let changes = 1 + chance.below(5); changes > 0; changes--) {
    const places = placesOf(copy)
    if (places.length === 0) break
    change(chance.one(places), chance, places)
  }
  return Reflect.get(Object(copy), 'document')
}

function change({ holder, key, value }: Place, chance: Chance, places: readonly Place[]): void {
  switch (chance.below(9)) {
    case 0:
      return set(holder, key, evilValue(chance))
    case 1:
      return typeof value === 'string' ? set(holder, key, liquidBomb(chance)) : set(holder, key, evilValue(chance))
    case 2:
      return typeof value === 'string' ? set(holder, key, celBomb(chance)) : set(holder, key, null)
    case 3:
      return void Reflect.deleteProperty(holder, key)
    case 4:
      return Array.isArray(holder) ? undefined : void withKey(holder, chance.one(evilKeys), evilValue(chance))
    case 5:
      return set(holder, key, chance.one(places).value)
    case 6:
      if (Array.isArray(value)) value.push(...value.slice(0, 50))
      return
    case 7:
      return set(holder, key, typeof value === 'string' ? chance.one(evilTexts) : JSON.stringify(value))
    default:
      return typeof value === 'string' ? set(holder, key, '1ms') : set(holder, key, -1)
  }
}

const TEXTS = /^(text|updateText|retryText|intro|commentText|label|name|url|body)$/
const CONDITIONS = /^(when|value|check)$/
const DURATIONS = /^(for|timeout|maxWait|updateEvery|silentAfter|idleAfter|goneAfter|wrapUp|after|replyWithin)$/

/** A copy with one to eight changes that a flow may well be admitted with: edges led elsewhere, texts, times, figures. */
export function twisted(document: unknown, chance: Chance): unknown {
  const copy: unknown = JSON.parse(JSON.stringify({ document }))
  const places = placesOf(copy)
  const targets = places.filter(({ key, holder }) => key === 'target' && 'sourceHandle' in holder)
  for (let changes = 1 + chance.below(8); changes > 0; changes--) {
    const { holder, key, value } = chance.one(chance.is(0.3) && targets.length > 0 ? targets : places)
    if (key === 'target') set(holder, key, chance.one(targets).value)
    else if (TEXTS.test(key) && typeof value === 'string') set(holder, key, chance.one(runningBombs.texts))
    else if (CONDITIONS.test(key) && typeof value === 'string') set(holder, key, chance.one(runningBombs.conditions))
    else if (DURATIONS.test(key)) set(holder, key, chance.one(['1ms', '1s', '366d']))
    else if (typeof value === 'number') set(holder, key, chance.one([0, 1, 2, 200]))
    else changes += chance.is(0.9) ? 1 : 0
  }
  return Reflect.get(Object(copy), 'document')
}

/** Never within itself: JSON has no circles. */
function set(holder: object, key: string, value: unknown): void {
  const copy: unknown = value === undefined ? null : JSON.parse(JSON.stringify(value))
  if (Array.isArray(holder)) holder[Number(key)] = copy
  else withKey(holder, key, copy)
}

const MOST_PLACES = 3_000

function placesOf(document: unknown): readonly Place[] {
  const places: Place[] = []
  const look = [document]
  while (look.length > 0 && places.length < MOST_PLACES) {
    const holder = look.pop()
    if (typeof holder !== 'object' || holder === null) continue
    for (const [key, value] of Object.entries(holder)) {
      places.push({ holder, key, value })
      look.push(value)
    }
  }
  return places
}
