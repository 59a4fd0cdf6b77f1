/** Measures one figure in a process of its own, so that none warms up or clutters another, and tells the parent. */
import { figures } from './figures/index.ts'

const figure = figures.find((each) => each.name === process.argv[2])
if (figure === undefined) throw new Error(`There is no figure “${process.argv[2] ?? ''}”.`)
const measured = await figure.measure()
process.send?.({ measured })
process.disconnect?.()
