/** What a queue asks for and of whom, as people say it. */
import { words } from '../../words/en.ts'

/** What a queue can stop asking for besides the skills it names. */
export const OTHER_NEEDS = ['language', 'tier'] as const

export interface NamedTeam {
  readonly id: string
  readonly name: string
}

/** A need by its name in the document: `language`, `tier`, or a skill, `creditCards` as “Credit cards”. */
export function needName(need: string): string {
  if (need === 'language') return words.inspector.relax.language
  if (need === 'tier') return words.inspector.relax.tier
  const spaced = need
    .replaceAll(/[_-]+/g, ' ')
    .replaceAll(/(?<=\p{Ll})\p{Lu}(?=\p{Ll})/gu, (start) => ` ${start.toLowerCase()}`)
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}

/** A team by the name the server has for it; by its id where it has none. */
export function teamName(id: string, teams: readonly NamedTeam[]): string {
  return teams.find((team) => team.id === id)?.name ?? id
}

/** `German` for `de`; the tag itself where nobody has a name for it. */
export function languageWord(tag: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}

/** `Anna, Ben and Cy`. */
export function listed(names: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(names)
}
