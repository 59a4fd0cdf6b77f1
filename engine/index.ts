/**
 * Baton's engine: a pure function from flow, snapshot, event and time to snapshot, log, effects and timers. No clock, no
 * randomness, no I/O. This is its public face; what is not here may change.
 */
export { parseFlow, outletsOf, type Flow, type ParsedFlow } from './flow/parse.ts'
export { FlowFaults, type Fault } from './flow/fault.ts'
export { variableTypes, type Edge, type VariableType } from './flow/document.ts'
export { LIMITS, milliseconds, parseDuration, type Json } from './flow/values.ts'
export { kinds, kindNamed, kindOf, type AnyNode, type KindData, type KindName, type NodeOfKind } from './kinds/index.ts'
export { type Field, type Kind, type Outlet } from './kinds/kind.ts'
export { compile, compiledFlow, type Compiled } from './compile/compiled.ts'
export { start, startWith, step } from './step/step.ts'
export { replay, replayed, versionsIn, type Happened, type Versions } from './step/replay.ts'
export { verify, type Verified } from './step/verify.ts'
export { migrationOf, NoteCount, type Judgement, type Migration, type Note, type Stays } from './migration/index.ts'
export { createAsking } from './step/asking.ts'
export { Refusal, type LogEntry, type Message, type RefusalCode, type Stepped, type Want } from './step/result.ts'
export {
  type Memory,
  type PreferredAgent,
  type Reason,
  type ReasonSignal,
  type SkippedAgent,
  type Sla,
  type Snapshot,
  type Waiting,
} from './step/snapshot.ts'
export { mayComeBack, teamOf } from './step/promise.ts'
export {
  awaitedEffects,
  type Effect,
  type EffectOf,
  type EffectType,
  type ExpectedInput,
  type QuickReply,
} from './step/effect.ts'
export { nextDue, type Timer } from './step/timer.ts'
export {
  isOutsideType,
  outsideEvents,
  outsideTypes,
  serverTypes,
  type AgentName,
  type Attachment,
  type ConversationEvent,
  type Facts,
  type HoursFacts,
  type LastAgent,
  type Nlu,
  type Opening,
  type OutsideEvent,
  type OutsideType,
  type PassedOver,
  type QueueFacts,
  type ServerEvent,
  type Told,
} from './conversation/events.ts'
export { ownerOf, phases, type Owner, type Phase } from './conversation/owner.ts'
export { nodeOfState } from './conversation/state.ts'
export { lostOffer, waitingOf } from './conversation/waiting.ts'
export { type Advance, type ConversationView } from './conversation/advance.ts'
export { advance, view } from './conversation/view.ts'
export { summaryOf } from './conversation/summary.ts'
export { agentEventOf } from './conversation/bot-agent.ts'
export { renderReply, replyFaults } from './conversation/reply.ts'
export { handoffPackage, type EarlierConversation, type HandoffPackage } from './conversation/handoff.ts'
export { check, rules, type CheckRule, type Problem } from './check/index.ts'
export { worstWait, worstWaits, type WaitEnd, type WorstWait } from './check/worst-waits.ts'
export { reach, type Goal, type ReachOptions } from './explore/reach.ts'
export { type Path, type PathStep } from './explore/path.ts'
export { type WayOut } from './compile/config.ts'
export { exportFlow, exportFormats, type ExportFormat } from './export/index.ts'
export { signals, signalNames, read as readSignal, type Reading, type SignalName } from './signals/index.ts'
export { why, type Outcome, type TriggerWhy, type Why } from './why/why.ts'
export { type GuardAsked } from './why/guards.ts'
export { needsOf, type Looked } from './why/looked.ts'
export { type SignalReading, type TriggerReading } from './why/watchers.ts'
export { schedule, isOpen, nextOpening, openingSentence, slots, type Schedule } from './hours/index.ts'
