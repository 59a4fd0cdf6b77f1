/** Why a part of a workflow has no counterpart, and what to do: the end of “cannot be translated: …”. */
export class Untranslatable extends Error {}
