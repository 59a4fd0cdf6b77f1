/** The objects that everything stands on, as they are at first: an attack that changed one would be felt everywhere. */
const roots = [Object, Array, Function, String, Number, Boolean, Promise, Map, Set, RegExp, Date, Error]

/** What stands on the prototypes now; equal as long as nobody has changed one. */
export function prototypesNow(): string {
  return roots
    .map(({ name, prototype }) => `${name}: ${Reflect.ownKeys(prototype).map(String).join(' ')}`)
    .concat(String(Object.getPrototypeOf(Object.prototype)), Reflect.ownKeys({}).join(' '))
    .join('\n')
}
