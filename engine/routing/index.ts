/** Who gets which conversation, in which order, and how long the others wait. */
export { inOrder, lacks, match, type AvailableAgent, type Match, type WaitingConversation } from './match.ts'
export { eta, type QueueFigures } from './eta.ts'
