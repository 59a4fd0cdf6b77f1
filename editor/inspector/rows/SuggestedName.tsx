/** A name with others offered while it is written: fetched with the first that has any to offer. */
export { Autocomplete as SuggestedName } from '@mantine/core'
