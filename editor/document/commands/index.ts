/** All commands: the only ways a document changes. */
export type { Command } from './command.ts'
export { canConnect, connect, disconnect, insertOnEdge, reconnect } from './edges.ts'
export { duplicate, fragmentOf, paste, readFragment, type Fragment } from './fragment.ts'
export { addNote, changeNote, group, removeNotes, renameGroup, ungroup } from './groups.ts'
export { changeHead, replaceDocument } from './head.ts'
export { addNode, changeData, freshNode, moveNodes, removeNodes, renameNode, tidyApplied } from './nodes.ts'
export { removeVariable, renameVariable, setVariable, usesOf } from './variables.ts'
export { removeItems } from './remove.ts'
