/** What a text may be filled in with. */
export { completeText } from './completion.ts'
export { textNames } from './names.ts'
