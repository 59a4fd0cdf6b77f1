/** The screens' client of the server they came from, with the key that is signed in. */
import { createApi } from './api.ts'
import { session } from './session.ts'

export const api = createApi({ base: '', key: session.key, refused: session.end })
