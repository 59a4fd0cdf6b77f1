/** What developers import in the tests of their flows: a conversation to speak with, and matchers to look at it. */
export { converse, RehearsedConversation, type Conversing } from './converse.ts'
export { matchers, type BatonMatchers, type MatcherResult } from './matchers.ts'
export { LiveConversation, type Conversed, type Look } from './conversed.ts'
export { agentOf, botOf, customerOf, type Agent, type Bot, type Customer } from './sentences.ts'
export { type SimulatedAgent, type SimulationOptions } from '../simulate/setting.ts'
export { pathTests, type PathTests, type Uncovered } from './paths.ts'
