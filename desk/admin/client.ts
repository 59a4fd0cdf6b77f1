import { createAdministration } from '#ui/administration/client.ts'
import { api } from '#ui/client.ts'

export const administration = createAdministration(api.connection)
