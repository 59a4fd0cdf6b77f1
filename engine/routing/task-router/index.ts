/** TaskRouter workflows as flows. */
export { isTaskRouterWorkflow } from './document.ts'
export { importTaskRouter, type ImportedWorkflow, type ImportOptions, type TaskRouterImport } from './import.ts'
