/**
 * Numbers of the advisory locks: what only one process may do at a time in a database. Each stands here and nowhere
 * else, because two with one number would wait for each other.
 */
export const LOCKS = {
  /** Bringing the tables up to date. */
  migrating: 7_361_209,
  /** `npm start`, for as long as it runs. */
  serving: 7_361_210,
  /** Sealing the audit. */
  sealing: 7_361_211,
  /** Writing `statistics` and `published`. */
  counting: 7_361_212,
  /** Importing official files. */
  importing: 7_361_213,
  /** Working out who is one person. */
  linking: 7_361_214,
  /** Importing contacts; a second number says of which organisation. */
  importingContacts: 7_361_215,
  /** Forming the geography of a year. */
  formingGeography: 7_361_216,
  /** Adding an organisation: their names differ. */
  addingOrganisation: 7_361_217,
} as const;
