/**
 * Conditions and texts: what a flow's author writes, compiled once and run over a conversation. The libraries read the
 * two languages; what a name means, what a value costs and when to stop is decided here.
 */
export {
  compileCondition,
  type CompiledCondition,
  type Condition,
  type ConditionOptions,
  type Evaluation,
  type Results,
  type Returns,
} from './condition.ts'
export { compileTemplate, type CompiledTemplate, type TemplateOptions, type TextTemplate } from './template.ts'
export { BUDGET } from './budget.ts'
export type { SourceFault } from './failure.ts'
export type { Scope, VariableDeclarations, VariableType } from './scope.ts'
