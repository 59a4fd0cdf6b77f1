import { words } from '../../words/en.ts'

/** What a namespace is called to people; one that we have no word for goes by its own name. */
export function namespaceWord(of: string): string {
  const known: Readonly<Record<string, string>> = words.inspector.namespaces
  return known[of] ?? of
}
