/** How much JavaScript the editor's first views fetch: the tests hold it to its budget with the same measure. */
export { firstView, type FirstView } from '#test/driver/first-view.ts'
