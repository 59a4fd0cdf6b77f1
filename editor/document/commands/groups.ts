/** Commands for frames and notes. Law: a node is in one group at most; a group without nodes is none. */
import { words } from '../../words/en.ts'
import type { FlowDocument, Group, Note } from '../document.ts'
import { sameJson } from '../same-json.ts'
import type { Command } from './command.ts'

/** Draws a frame around nodes; they leave the groups they were in. */
export function group(id: string, name: string, nodes: Iterable<string>): Command {
  const wanted = new Set(nodes)
  return {
    name: 'group',
    label: words.document.group,
    apply(document) {
      const members = document.nodes.flatMap((node) => (wanted.has(node.id) ? [node.id] : []))
      if (members.length === 0 || document.groups?.some((each) => each.id === id)) return document
      const others = withoutMembers(document, new Set(members)).groups ?? []
      return { ...document, groups: [...others, { id, name, nodes: members }] }
    },
  }
}

/** Takes frames away; what is in them stays. */
export function ungroup(ids: Iterable<string>): Command {
  const gone = new Set(ids)
  return {
    name: 'ungroup',
    label: words.document.ungroup,
    apply: (document) =>
      withGroups(
        document,
        (document.groups ?? []).filter((each) => !gone.has(each.id)),
      ),
  }
}

export function renameGroup(id: string, name: string): Command {
  return {
    name: 'renameGroup',
    label: words.document.renameGroup,
    burst: `group ${id}`,
    apply(document) {
      const present = document.groups?.find((each) => each.id === id)
      if (!present || present.name === name) return document
      return withGroups(
        document,
        (document.groups ?? []).map((each) => (each === present ? { ...each, name } : each)),
      )
    },
  }
}

export function addNote(note: Note): Command {
  return {
    name: 'addNote',
    label: words.document.addNote,
    apply: (document) =>
      document.notes?.some((each) => each.id === note.id)
        ? document
        : { ...document, notes: [...(document.notes ?? []), note] },
  }
}

/** Changes what a note says, where it stands, or its size; typing in it is one entry of the history. */
export function changeNote(id: string, change: Partial<Omit<Note, 'id'>>): Command {
  return {
    name: 'changeNote',
    label: change.text === undefined ? words.document.moveNote : words.document.changeNote,
    ...(change.text === undefined ? {} : { burst: `note ${id}` }),
    apply(document) {
      const note = document.notes?.find((each) => each.id === id)
      if (!note || sameJson({ ...note, ...change }, note)) return document
      return {
        ...document,
        notes: (document.notes ?? []).map((each) => (each === note ? { ...note, ...change } : each)),
      }
    },
  }
}

export function removeNotes(ids: Iterable<string>): Command {
  const gone = new Set(ids)
  return {
    name: 'removeNotes',
    label: words.document.remove(gone.size),
    apply(document) {
      const left = document.notes?.filter((note) => !gone.has(note.id))
      if (left === undefined || left.length === document.notes?.length) return document
      const { notes: _, ...rest } = document
      return left.length === 0 ? rest : { ...rest, notes: left }
    },
  }
}

/** The document without these nodes in any group. */
export function withoutMembers(document: FlowDocument, gone: { has(id: string): boolean }): FlowDocument {
  const groups = document.groups?.map((each) =>
    each.nodes.some((id) => gone.has(id)) ? { ...each, nodes: each.nodes.filter((id) => !gone.has(id)) } : each,
  )
  return groups === undefined
    ? document
    : withGroups(
        document,
        groups.filter((each) => each.nodes.length > 0),
      )
}

function withGroups(document: FlowDocument, groups: readonly Group[]): FlowDocument {
  const present = document.groups ?? []
  if (groups.length === present.length && groups.every((each, index) => each === present[index])) return document
  const { groups: _, ...rest } = document
  return groups.length === 0 ? rest : { ...rest, groups }
}
