import { InvalidArgumentError } from 'commander'

/** A reader of an option that is a whole number. @param such one of them, for who wrote something else */
export function wholeNumber(from: number, to: number, such: number): (text: string) => number {
  return (text) => {
    const value = /^-?\d{1,9}$/.test(text) ? Number(text) : Number.NaN
    if (value >= from && value <= to) return value
    throw new InvalidArgumentError(`It is a whole number from ${from} to ${to}, such as ${such}.`)
  }
}
