/** A law that was broken, by its number in docs/simulation.md. */
export class Violation extends Error {
  readonly law: string
  constructor(law: string, message: string) {
    super(message)
    this.name = 'Violation'
    this.law = law
  }
}
