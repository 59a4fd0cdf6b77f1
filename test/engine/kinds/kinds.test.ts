import { everyKind, kindContract } from '../../contracts/kind.ts'

for (const kind of everyKind) kindContract(kind)
