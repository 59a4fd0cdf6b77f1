/** The words of `editor/problems`. */
export const problems = {
  title: 'Problems',
  list: 'Problems of this flow',
  none: 'Nothing is wrong',
  noneMore: 'Every way out leads somewhere, and every customer can reach a person.',
  looking: 'Looking…',
  errors: (count: number) => (count === 1 ? '1 error' : `${count} errors`),
  warnings: (count: number) => (count === 1 ? '1 warning' : `${count} warnings`),
  error: 'Error',
  warning: 'Warning',
  unreadable: 'It cannot be read',
  wholeFlow: 'The whole flow',
  unreadFirst: 'While the flow cannot be read, its paths are not checked. Cure these first.',
  keys: 'Up and down choose, Enter shows the card.',
  all: (count: number) => `All ${count}`,
  filter: 'Show',
}
