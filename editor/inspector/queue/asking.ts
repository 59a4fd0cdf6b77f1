/**
 * What a queue asks for as time goes by, in sentences that need no knowledge of fields: at first, and after each step by
 * which it asks for less. Steps are told in the order in which time takes them, whatever their order in the document; a
 * step tells only what it changes.
 */
import { parseDuration } from '#engine/flow/values.ts'
import { words } from '../../words/en.ts'
import { sayDuration } from '../duration/duration.ts'
import { listOf, recordOf, textOf } from '../node/place.ts'
import { languageWord, listed, needName, teamName, type NamedTeam } from './names.ts'

const said = words.inspector.relax

/** The sentences for a queue node's data; only the first where nothing is relaxed. */
export function askingInWords(data: unknown, teams: readonly NamedTeam[]): readonly string[] {
  const queue = recordOf(data)
  const steps = listOf(queue['relax'])
    .map(recordOf)
    .flatMap((step) => {
      const after = parseDuration(textOf(step['after']))
      return after === undefined ? [] : [{ step, after }]
    })
  const inOrder = steps.toSorted((one, other) => one.after - other.after)
  const later = inOrder.flatMap(({ step }) => stepInWords(step, queue, teams) ?? [])
  return [atFirst(queue, teams), ...later]
}

/** “After 2 minutes: Spanish is no longer needed, team Overflow helps too.” Undefined while the step says nothing. */
export function stepInWords(step: Json, queue: Json, teams: readonly NamedTeam[]): string | undefined {
  const after = sayDuration(textOf(step['after']), 'en')
  const dropped = listOf(step['drop']).map((need) => inQueue(textOf(need), queue))
  const lowered = levelsIn(step['lower']).map(([skill, level]) => said.enough(skill, level))
  const others = listOf(step['teams']).map((team) => teamName(textOf(team), teams))
  const parts = [
    ...(dropped.length === 0 ? [] : [said.dropped(listed(dropped), dropped.length)]),
    ...lowered,
    ...(others.length === 0 ? [] : [said.helping(listed(others), others.length)]),
  ]
  return after === undefined || parts.length === 0 ? undefined : said.step(after, parts)
}

type Json = Readonly<Record<string, unknown>>

function atFirst(queue: Json, teams: readonly NamedTeam[]): string {
  const language = textOf(queue['language'])
  const skills = levelsIn(queue['skills']).map(([skill, level]) => said.level(skill, level))
  const needs = [
    ...(skills.length === 0 ? [] : [said.has(listed(skills))]),
    ...(language === '' ? [] : [said.speaks(languageWord(language))]),
    ...(queue['tier'] === true ? [said.serves] : []),
  ]
  const preferred = Object.keys(recordOf(queue['prefer'])).map(needName)
  return said.atFirst(teamName(textOf(queue['team']), teams), listed(needs), listed(preferred))
}

/** Skills by their names, with the levels as they are written. */
function levelsIn(value: unknown): readonly (readonly [skill: string, level: string])[] {
  return Object.entries(recordOf(value)).map(([skill, level]) => [needName(skill), textOf(level)] as const)
}

/** A need within a sentence; the language by its name, where the queue asks for one. */
function inQueue(need: string, queue: Json): string {
  const language = textOf(queue['language'])
  if (need === 'language') return language === '' ? said.languageSaid : said.speaking(languageWord(language))
  return need === 'tier' ? said.tierSaid : needName(need)
}
